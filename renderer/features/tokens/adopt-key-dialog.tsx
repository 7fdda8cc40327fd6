import { Select, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { TokenObject } from "../../../preload/contract/token-object.ts"
import type { Purpose } from "../../../preload/contract/values.ts"
import { ask } from "../../api/ask.ts"
import { purposeWords } from "../../api/key-words.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"

/** The jobs that a key in a token may have. */
const jobs = [
  "signature",
  "authentication",
  "ssh",
  "certificate-authority",
  "encryption",
  "key-wrapping",
  "mac",
  "key-agreement",
] as const satisfies readonly Purpose[]

interface AdoptKeyDialogProps {
  readonly object: TokenObject
  readonly onAdopted: (name: string) => void
  readonly onClose: () => void
}

/** Takes a key that another program made into the inventory. It stays where it is. */
export function AdoptKeyDialog({ object, onAdopted, onClose }: AdoptKeyDialogProps) {
  const task = useTask()
  const [name, setName] = useState(inert(object.label))
  const [purpose, setPurpose] = useState<Purpose | null>(null)
  const adopt = async () => {
    const job = purpose === null ? {} : { purpose }
    const isDone = await task.run(() => ask("token.adopt", { uri: object.uri, name: name.trim(), ...job }))
    if (isDone) onAdopted(name.trim())
  }
  return (
    <ActionDialog
      title={`Take in ${inert(object.label) || "a key without a name"}`}
      action="Take it in"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={name.trim() !== ""}
      onAct={() => void adopt()}
      onClose={onClose}
    >
      <Text size="sm">
        The key stays in its token, and is tried there once. From then on the vault knows it, and uses, rotates and
        destroys it like one that was made here. How it falls short of such a key shows with it.
      </Text>
      <TextInput
        label="Name in the vault"
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label="Its one job"
        description="to be said of a key that could do several"
        placeholder="the one that the token allows"
        data={jobs.map((job) => ({ value: job, label: purposeWords[job] }))}
        value={purpose}
        onChange={(chosen) => setPurpose(jobs.find((job) => job === chosen) ?? null)}
        clearable
      />
    </ActionDialog>
  )
}
