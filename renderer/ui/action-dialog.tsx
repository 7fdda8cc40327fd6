import { Button, Group, Modal, Stack } from "@mantine/core"
import type { FormEvent, ReactNode } from "react"
import { CancelButton } from "./cancel-button.tsx"
import { FailureNotice } from "./failure-notice.tsx"
import { useFocusBack } from "./use-focus-back.ts"
import { Working } from "./working.tsx"

interface ActionDialogProps {
  readonly title: string
  readonly action: string
  readonly children: ReactNode
  readonly isRunning: boolean
  readonly failure: Error | null
  /** Which operation tells how far it is, and can be cancelled, where one does. */
  readonly long?: string
  readonly isReady?: boolean
  readonly isDangerous?: boolean
  /** Another dialog lies over it: Escape is for that one. */
  readonly isCovered?: boolean
  /** Offered beside the action. */
  readonly safer?: ReactNode
  readonly onAct: () => void
  readonly onClose: () => void
}

/** One focused dialog: what will happen, the action, and its failure where it was asked for. What has begun is not called off by closing it, but by Cancel where it can be. */
export function ActionDialog(props: ActionDialogProps) {
  const {
    title,
    action,
    children,
    isRunning,
    failure,
    long,
    isReady = true,
    isDangerous = false,
    isCovered = false,
    safer,
    onAct,
    onClose,
  } = props
  useFocusBack()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onAct()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={safer === undefined ? "md" : "lg"}
      closeButtonProps={{ "aria-label": "Close", disabled: isRunning }}
      closeOnEscape={!isRunning && !isCovered}
      inert={isCovered}
    >
      <form onSubmit={submit}>
        <Stack>
          {children}
          <FailureNotice failure={failure} />
          <Group justify="flex-end">
            {safer !== undefined && <div className="grows">{safer}</div>}
            {isRunning && <Working says="Working" long={long} isCancelledElsewhere />}
            <CancelButton isRunning={isRunning} long={long} onClose={onClose} />
            <Button type="submit" {...(isDangerous ? { color: "red.9" } : {})} disabled={isRunning || !isReady}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
