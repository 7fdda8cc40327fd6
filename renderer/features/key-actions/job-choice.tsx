import { SimpleGrid, Text, UnstyledButton } from "@mantine/core"
import { jobs } from "./jobs.ts"

interface JobChoiceProps {
  readonly onChoose: (index: number) => void
  readonly onSeeds: () => void
}

export function JobChoice({ onChoose, onSeeds }: JobChoiceProps) {
  return (
    <SimpleGrid cols={2} spacing="sm">
      {jobs.map(({ name, says }, index) => (
        <JobCard key={name} name={name} says={says} onClick={() => onChoose(index)} />
      ))}
      <JobCard name="Wallet" says="A recovery phrase: see Seeds" onClick={onSeeds} />
    </SimpleGrid>
  )
}

function JobCard({
  name,
  says,
  onClick,
}: {
  readonly name: string
  readonly says: string
  readonly onClick: () => void
}) {
  return (
    <UnstyledButton className="job" onClick={onClick}>
      <Text fw={600}>{name}</Text>
      <Text size="sm" c="dimmed">
        {says}
      </Text>
    </UnstyledButton>
  )
}
