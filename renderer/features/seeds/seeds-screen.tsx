import { Button, Group, SimpleGrid, Title } from "@mantine/core"
import { useState } from "react"
import { useAnswer } from "../../api/use-answer.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { Scrolls } from "../../ui/scrolls.tsx"
import { NewSeedDialog } from "./new-seed-dialog.tsx"
import { SeedCard } from "./seed-card.tsx"

/** Cards by fingerprint, never by words. */
export function SeedsScreen() {
  const { data, error } = useAnswer("seed.list", {})
  const [isNew, setNew] = useState(false)
  const seeds = data?.seeds ?? []
  const button = (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setNew(true)}>
      New seed…
    </Button>
  )
  return (
    <section className="screen" aria-label="Seeds" aria-busy={data === undefined && error === null}>
      <Group justify="space-between" className="screen-head">
        <Title order={1} size="h3">
          Seeds
        </Title>
        {seeds.length > 0 && button}
      </Group>
      <FailureNotice failure={error} />
      {seeds.length === 0 && data !== undefined ? (
        <EmptyState icon={<Icon name="seed" size={34} />} title="No seeds yet" action={button}>
          A seed is the recovery phrase of a wallet: 12 or 24 words from which all of its keys come. Here it is kept
          encrypted, checked against your paper copy, and shown only while you hold a button.
        </EmptyState>
      ) : (
        <Scrolls label="All seeds">
          <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} p={2}>
            {seeds.map((seed) => (
              <SeedCard key={seed.id} seed={seed} />
            ))}
          </SimpleGrid>
        </Scrolls>
      )}
      {isNew && <NewSeedDialog onClose={() => setNew(false)} />}
    </section>
  )
}
