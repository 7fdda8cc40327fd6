import { List, Radio, Select, Stack, TextInput } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { graces, gracesBySteps } from "./graces.ts"
import { madeVersion } from "./made-version.ts"

interface RotateFormProps {
  readonly value: KeyObject
  readonly isBySteps: boolean
  readonly onClose: () => void
}

type How = "one-go" | "steps"

/** Makes a new version: it does the work at once, or goes by steps. */
export function RotateForm({ value, isBySteps, onClose }: RotateFormProps) {
  const task = useTask()
  const [how, setHow] = useState<How>(isBySteps ? "steps" : "one-go")
  const [typed, setTyped] = useState("")
  const [grace, setGrace] = useState("")
  const [stepGrace, setStepGrace] = useState("30d")
  const { name, currentVersion } = value
  const made = madeVersion(value)
  const isCompromised = value.state === "compromised"
  const rotate = async () => {
    const reason = typed.trim() === "" ? {} : { reason: typed.trim() }
    const isDone = await task.run(() =>
      how === "steps"
        ? ask("rotation.start", { name, grace: stepGrace, ...reason })
        : ask("key.rotate", { name, ...reason, ...(grace === "" ? {} : { grace }) }),
    )
    if (isDone) onClose()
  }
  return (
    <ActionDialog
      title={`Rotate ${name}`}
      action={how === "steps" ? "Begin the rotation" : "Rotate"}
      isRunning={task.isRunning}
      failure={task.failure}
      long={how === "steps" ? "rotation.start" : "key.rotate"}
      onAct={() => void rotate()}
      onClose={onClose}
    >
      {!isCompromised && <HowChoice value={how} onChange={setHow} />}
      <Effects value={value} how={how} />
      {!isCompromised && (
        <Select
          label={
            how === "steps"
              ? `Beside version ${made}, version ${currentVersion} still opens and verifies what it made`
              : `Version ${currentVersion} still opens and verifies what it made`
          }
          data={how === "steps" ? gracesBySteps : graces}
          value={how === "steps" ? stepGrace : grace}
          onChange={(chosen) => (how === "steps" ? setStepGrace(chosen ?? stepGrace) : setGrace(chosen ?? ""))}
        />
      )}
      <TextInput
        label="Reason"
        placeholder="the calendar"
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

function HowChoice({ value, onChange }: { readonly value: How; readonly onChange: (how: How) => void }) {
  return (
    <Radio.Group label="How" value={value} onChange={(chosen) => onChange(chosen === "steps" ? "steps" : "one-go")}>
      <Stack gap="xs" mt={6}>
        <Radio value="one-go" label="In one go" description="The new version does the work at once." />
        <Radio
          value="steps"
          label="By steps"
          description="Make, test, switch, wait, check, retire; it can be undone until the end. For keys on which much depends."
        />
      </Stack>
    </Radio.Group>
  )
}

function Effects({ value, how }: Pick<RotateFormProps, "value"> & { readonly how: How }) {
  const { currentVersion, state } = value
  const made = madeVersion(value)
  if (how === "steps") {
    return (
      <List size="sm" type="ordered" spacing={4}>
        <List.Item>Version {made} is made now, and does no work yet.</List.Item>
        <List.Item>
          The further steps have their buttons on the key: version {currentVersion} works until you switch, and opens
          what it made until you retire it.
        </List.Item>
      </List>
    )
  }
  return (
    <List size="sm" type="ordered" spacing={4}>
      <List.Item>Version {made} is made, and does the work from now on.</List.Item>
      <List.Item>
        {state === "compromised"
          ? `Version ${currentVersion} stays compromised: what it made opens only with a reason.`
          : `Version ${currentVersion} still decrypts and verifies what it made; it makes nothing new.`}
      </List.Item>
      <List.Item>The next rotation is counted from today. The log keeps the reason.</List.Item>
    </List>
  )
}
