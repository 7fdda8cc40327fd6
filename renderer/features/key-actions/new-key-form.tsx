import { Alert, Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Working } from "../../ui/working.tsx"
import { type AskedFor, algorithmsFor, exportChoices, periods, warningFor } from "./key-proposal.ts"

interface NewKeyFormProps {
  readonly proposal: AskedFor
  readonly because: string
  readonly onMade: (key: KeyObject) => void
  readonly onBack: () => void
}

export function NewKeyForm({ proposal, because, onMade, onBack }: NewKeyFormProps) {
  const task = useTask()
  const keyrings = useAnswer("keyring.list", {})
  const [name, setName] = useState("")
  const [owner, setOwner] = useState("")
  const [keyring, setKeyring] = useState<string | null>(null)
  const [asked, setAsked] = useState(proposal)
  const warning = warningFor(asked)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { algorithm, purpose, rotateEvery, exportable } = asked
    void task.run(async () =>
      onMade(
        await ask("key.generate", {
          name: name.trim(),
          algorithm,
          purpose,
          exportable,
          ...(rotateEvery === "" ? {} : { rotateEvery }),
          ...(owner.trim() === "" ? {} : { owner: owner.trim() }),
          ...(keyring === null ? {} : { keyring }),
        }),
      ),
    )
  }
  const general = keyrings.data?.keyrings.filter(({ purpose }) => purpose === "general").map((one) => one.name) ?? []
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Alert variant="light" color="claviger" p="sm">
          <Text size="sm">{because}</Text>
        </Alert>
        <SimpleGrid cols={2} spacing="md">
          <TextInput
            label="Name"
            autoFocus
            required
            placeholder="release signing"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Owner"
            placeholder="who answers for it"
            value={owner}
            onChange={(event) => setOwner(event.currentTarget.value)}
          />
          <Select
            label="Algorithm"
            data={algorithmsFor(asked.purpose)}
            value={asked.algorithm}
            onChange={(value) => {
              const chosen = algorithmsFor(asked.purpose).find((one) => one.value === value)
              if (chosen !== undefined) setAsked({ ...asked, algorithm: chosen.value })
            }}
          />
          <Select label="Keyring" data={general} value={keyring ?? general[0] ?? null} onChange={setKeyring} />
          <Select
            label="Rotation"
            data={periods}
            value={asked.rotateEvery}
            onChange={(value) => setAsked({ ...asked, rotateEvery: value ?? "" })}
          />
          <Select
            label="May leave the vault"
            data={exportChoices}
            value={asked.exportable}
            onChange={(value) => setAsked({ ...asked, exportable: toExportable(value) })}
          />
        </SimpleGrid>
        {warning !== null && (
          <Alert variant="light" color="yellow" p="sm" role="status">
            <Text size="sm">{warning}</Text>
          </Alert>
        )}
        <FailureNotice failure={task.failure} />
        <Group justify="space-between">
          <Button variant="subtle" color="gray" onClick={onBack}>
            Another job
          </Button>
          <Group>
            {task.isRunning && <Working says="Generating" />}
            <Button type="submit" disabled={task.isRunning || name.trim() === ""}>
              Generate key
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}

function toExportable(value: string | null): AskedFor["exportable"] {
  return value === "wrapped" || value === "yes" ? value : "never"
}
