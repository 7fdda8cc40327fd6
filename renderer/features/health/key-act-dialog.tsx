import { Button, Group, Modal, Stack, Text } from "@mantine/core"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { actionsOf, type KeyActionName } from "../key-actions/actions-of-key.ts"
import { EditDialog } from "../key-actions/edit-dialog.tsx"
import { KeyActionDialog } from "../key-actions/key-action-dialog.tsx"
import { PolicyDialog } from "../key-actions/policy-dialog.tsx"
import { RotateDialog } from "../key-actions/rotate-dialog.tsx"
import { useRotation } from "../rotation/use-rotation.ts"

/** What can be done about a key from here: what its panel has buttons for, and what is said of it and its rules. */
export type KeyActName = KeyActionName | "edit" | "rules" | "protection"

export interface KeyAct {
  readonly name: string
  readonly act: KeyActName
}

interface KeyActDialogProps extends KeyAct {
  readonly onBegin: (act: KeyAct) => void
  readonly onOpenKey: (name: string) => void
  readonly onClose: () => void
}

/** The very dialog of an act, for a key of which only the name is known here. */
export function KeyActDialog({ name, act, onBegin, onOpenKey, onClose }: KeyActDialogProps) {
  const { data: value, error } = useAnswer("key.show", { name })
  if (error !== null) {
    return (
      <Modal opened onClose={onClose} title={name} closeButtonProps={{ "aria-label": "Close" }}>
        <FailureNotice failure={error} />
      </Modal>
    )
  }
  if (value === undefined) return null
  if (act === "edit") return <EditDialog value={value} onRenamed={() => undefined} onClose={onClose} />
  if (act === "rules" || act === "protection")
    return <PolicyDialog value={value} isAboutProtection={act === "protection"} onClose={onClose} />
  if (act === "rotate") return <RotationOf value={value} onOpenKey={onOpenKey} onClose={onClose} />
  return (
    <KeyActionDialog
      value={value}
      action={act}
      onClose={onClose}
      onSuspend={() => onBegin({ name, act: "suspend" })}
      onDestroyed={onClose}
    />
  )
}

interface RotationOfProps extends Pick<KeyActDialogProps, "onOpenKey" | "onClose"> {
  readonly value: KeyObject
}

/** A rotation by steps goes on, also where none could be begun now; but what is compromised waits for none. */
function RotationOf({ value, onOpenKey, onClose }: RotationOfProps) {
  const { isKnown, rotation } = useRotation(value.id)
  if (!isKnown) return null
  const goesOn = rotation !== null && value.state !== "compromised"
  return goesOn || actionsOf(value).some(({ name }) => name === "rotate") ? (
    <RotateDialog value={value} onClose={onClose} />
  ) : (
    <NotRotatedDialog value={value} onOpenKey={onOpenKey} onClose={onClose} />
  )
}

/** A suspended key does no work, and a seed is rotated on its card. */
function NotRotatedDialog({ value: { name, purpose }, onOpenKey, onClose }: RotationOfProps) {
  return (
    <Modal opened onClose={onClose} title={`Rotate ${name}`} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack>
        <Text size="sm">
          {purpose === "wallet"
            ? "A seed is rotated on its card under Seeds: what its addresses hold has to be moved."
            : "A key that does not work now has to work again before it gets its next version."}
        </Text>
        <Group justify="flex-end">
          <Button data-autofocus onClick={() => onOpenKey(name)}>
            Open the key
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
