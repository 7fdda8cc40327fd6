import { ActionIcon, Group, Text } from "@mantine/core"
import { useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { CopyButton } from "../../ui/copy-button.tsx"
import { Icon } from "../../ui/icon.tsx"
import { inert } from "../../ui/inert.ts"

interface DataKeyLineProps {
  /** Of the key that wraps it. */
  readonly name: string
  readonly dataKey: AnswerTo<"key.datakeys">["dataKeys"][number]
  readonly currentVersion: number
}

/** One data key: its label, what wraps it, and its wrapping, which is no secret. */
export function DataKeyLine({ name, dataKey: { label, version, wrapped }, currentVersion }: DataKeyLineProps) {
  const [isForgetting, setForgetting] = useState(false)
  return (
    <Group component="li" gap={4} wrap="nowrap">
      <Text size="sm" className="breaks grows">
        {inert(label)}{" "}
        <span className={version === currentVersion ? "is-quiet" : "is-due"}>
          {version === currentVersion ? "●" : "▲"} version {version}
        </span>
      </Text>
      <CopyButton label={`Copy wrapped: ${inert(label)}`} onCopy={() => ask("window.copy", { text: wrapped })} />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Forget… ${inert(label)}`}
        title="The vault is to know nothing more of it"
        onClick={() => setForgetting(true)}
      >
        <Icon name="close" size={12} />
      </ActionIcon>
      {isForgetting && <ForgetDialog name={name} label={label} onClose={() => setForgetting(false)} />}
    </Group>
  )
}

interface ForgetDialogProps {
  readonly name: string
  readonly label: string
  readonly onClose: () => void
}

function ForgetDialog({ name, label, onClose }: ForgetDialogProps) {
  const task = useTask()
  const forget = async () => {
    if (await task.run(() => ask("key.forget-datakey", { name, label }))) onClose()
  }
  return (
    <ActionDialog
      title={`Forget the data key ${inert(label)}`}
      action="Forget it"
      isDangerous
      isRunning={task.isRunning}
      failure={task.failure}
      onAct={() => void forget()}
      onClose={onClose}
    >
      <Text size="sm">
        Its application keeps the wrapping itself from now on, or has done with it. It no longer moves when{" "}
        {inert(name)} rotates, and the version that wraps it can be destroyed.
      </Text>
    </ActionDialog>
  )
}
