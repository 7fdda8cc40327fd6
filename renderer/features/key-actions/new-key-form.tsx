import { Button, Group, SimpleGrid, Stack, TextInput } from "@mantine/core"
import { type FormEvent, useRef, useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { takeSecret } from "../../ui/secret-field.tsx"
import { Working } from "../../ui/working.tsx"
import type { Job } from "./jobs.ts"
import { KeyringChoice, useKeyrings } from "./keyring-choice.tsx"
import { ProposalFields, ProposalWarnings } from "./proposal-fields.tsx"
import { ProtectionChoice } from "./protection-choice.tsx"
import { TokenChoice } from "./token-choice.tsx"

interface NewKeyFormProps {
  readonly job: Job
  readonly keyring: string | null
  readonly onKeyring: (name: string) => void
  readonly onNewKeyring: () => void
  readonly onMade: (key: KeyObject) => void
  readonly onBack: () => void
}

/** Where keys go that name no keyring. */
const usualKeyring = "personal"
const usualReason = "The usual one. Others keep apart what should be: production beside staging."
const otherReason = "A compartment of its own, with its own key-encryption key."

/** What we propose for a job, each part with its reason, to be changed as one likes. */
export function NewKeyForm(props: NewKeyFormProps) {
  const { job, keyring, onKeyring, onNewKeyring, onMade, onBack } = props
  const task = useTask()
  const keyrings = useKeyrings(["general"])
  const pin = useRef<HTMLInputElement>(null)
  const [name, setName] = useState("")
  const [owner, setOwner] = useState("")
  const [token, setToken] = useState<string | null>(null)
  const [asked, setAsked] = useState(job.proposal)
  const [protectFor, setProtectFor] = useState("")
  const isInToken = asked.location === "token"
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { algorithm, purpose, rotateEvery, exportable } = asked
    const typed = takeSecret(pin)
    await task.run(async () =>
      onMade(
        await ask("key.generate", {
          name: name.trim(),
          algorithm,
          purpose,
          ...(rotateEvery === "" ? {} : { rotateEvery }),
          ...(protectFor === "" ? {} : { protectFor }),
          ...(owner.trim() === "" ? {} : { owner: owner.trim() }),
          ...(keyring === null ? {} : { keyring }),
          ...(isInToken && token !== null ? { token, ...(typed.length === 0 ? {} : { pin: typed }) } : { exportable }),
        }),
      ),
    )
    typed.fill(0)
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
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
        </SimpleGrid>
        <SimpleGrid cols={3} spacing="md" verticalSpacing="sm">
          <ProposalFields
            job={job}
            asked={asked}
            onChange={setAsked}
            keyring={
              <KeyringChoice
                label="Keyring"
                description={keyring === null || keyring === usualKeyring ? usualReason : otherReason}
                keyrings={keyrings}
                value={keyring ?? usualKeyring}
                onChange={onKeyring}
                onNew={onNewKeyring}
              />
            }
            token={<TokenChoice value={token} pin={pin} onChange={setToken} />}
          />
          <ProtectionChoice
            value={protectFor}
            onChange={setProtectFor}
            inputWrapperOrder={["label", "input", "description", "error"]}
          />
        </SimpleGrid>
        <ProposalWarnings asked={asked} protectFor={protectFor} />
        <FailureNotice failure={task.failure} />
        <Group justify="space-between">
          <Button variant="subtle" color="gray" onClick={onBack}>
            Another job
          </Button>
          <Group>
            {task.isRunning && <Working says="Generating" long="key.generate" />}
            <Button type="submit" disabled={task.isRunning || name.trim() === "" || (isInToken && token === null)}>
              Generate key
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
