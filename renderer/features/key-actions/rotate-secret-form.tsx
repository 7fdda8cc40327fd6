import { List, Radio, Stack, TextInput } from "@mantine/core"
import { useRef, useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { SecretArea } from "../../ui/secret-area.tsx"
import { takeSecret } from "../../ui/secret-field.tsx"
import { madeVersion } from "./made-version.ts"

interface RotateSecretFormProps {
  readonly value: KeyObject
  readonly onClose: () => void
}

type From = "here" | "issuer"

/** A secret text's next version is drawn here, or is what its issuer gave out: of one that came from elsewhere, only that. */
export function RotateSecretForm({ value, onClose }: RotateSecretFormProps) {
  const { name, origin } = value
  const task = useTask()
  const text = useRef<HTMLTextAreaElement>(null)
  const [from, setFrom] = useState<From>(origin === "imported" ? "issuer" : "here")
  const [typed, setTyped] = useState("")
  const rotate = async () => {
    const file = takeSecret(text)
    const reason = typed.trim() === "" ? {} : { reason: typed.trim() }
    const material = from === "issuer" ? { material: { file } } : {}
    const isDone = await task.run(() => ask("key.rotate", { name, ...reason, ...material }))
    file.fill(0)
    if (isDone) onClose()
  }
  return (
    <ActionDialog
      title={`Rotate ${name}`}
      action="Rotate"
      isRunning={task.isRunning}
      failure={task.failure}
      onAct={() => void rotate()}
      onClose={onClose}
    >
      {origin !== "imported" && <FromChoice value={from} onChange={setFrom} />}
      {from === "issuer" && <SecretArea label="The new text" input={text} rows={2} isFocused isRequired />}
      <Effects value={value} from={from} />
      <TextInput
        label="Reason"
        placeholder="the calendar"
        data-autofocus={from === "here" || undefined}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

function FromChoice({ value, onChange }: { readonly value: From; readonly onChange: (from: From) => void }) {
  return (
    <Radio.Group
      label="The new text"
      value={value}
      onChange={(chosen) => onChange(chosen === "issuer" ? "issuer" : "here")}
    >
      <Stack gap="xs" mt={6}>
        <Radio value="here" label="Drawn here" description="43 random characters, to be set where it is used." />
        <Radio value="issuer" label="Given out elsewhere" description="What the service shows as its new token." />
      </Stack>
    </Radio.Group>
  )
}

function Effects({ value, from }: Pick<RotateSecretFormProps, "value"> & { readonly from: From }) {
  const made = madeVersion(value)
  return (
    <List size="sm" type="ordered" spacing={4}>
      <List.Item>Version {made} takes its place: Copy and Export give that one from now on.</List.Item>
      <List.Item>
        {from === "here"
          ? "Set the new text where the old one is used; Copy has it."
          : "End the old text where it was given out."}
      </List.Item>
      <List.Item>The next rotation is counted from today.</List.Item>
    </List>
  )
}
