import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { KeyRotationAct } from "../rotation/key-rotation-act.tsx"
import type { KeyActionName } from "./actions-of-key.ts"
import { CompromiseDialog } from "./compromise-dialog.tsx"
import { CopyIntoTokenDialog } from "./copy-into-token-dialog.tsx"
import { CopySecretDialog } from "./copy-secret-dialog.tsx"
import { DeactivateDialog } from "./deactivate-dialog.tsx"
import { DestroyDialog } from "./destroy-dialog.tsx"
import { ExportDialog } from "./export-dialog.tsx"
import { KeepDialog } from "./keep-dialog.tsx"
import { MoveDialog } from "./move-dialog.tsx"
import { RelateDialog } from "./relate-dialog.tsx"
import { RotateDialog } from "./rotate-dialog.tsx"
import { SuspendDialog } from "./suspend-dialog.tsx"

interface KeyActionDialogProps {
  readonly value: KeyObject
  readonly action: KeyActionName
  readonly onClose: () => void
  /** Instead of what can't be taken back. */
  readonly onSuspend: () => void
  readonly onDestroyed: () => void
}

/** The dialog of an action, wherever it was asked for. */
export function KeyActionDialog({ value, action, onClose, onSuspend, onDestroyed }: KeyActionDialogProps) {
  switch (action) {
    case "rotate":
      return <RotateDialog value={value} onClose={onClose} />
    case "rotate-by-steps":
      return <RotateDialog value={value} isBySteps onClose={onClose} />
    case "export":
      return <ExportDialog value={value} onClose={onClose} />
    case "suspend":
      return <SuspendDialog value={value} onClose={onClose} />
    case "deactivate":
      return <DeactivateDialog value={value} onClose={onClose} onSuspend={onSuspend} />
    case "compromise":
      return <CompromiseDialog value={value} onClose={onClose} onSuspend={onSuspend} />
    case "move":
      return <MoveDialog value={value} onClose={onClose} />
    case "relate":
      return <RelateDialog value={value} onClose={onClose} />
    case "copy-into-token":
      return <CopyIntoTokenDialog value={value} onClose={onClose} />
    case "copy-secret":
      return <CopySecretDialog value={value} onClose={onClose} />
    case "advance":
    case "rewrap":
    case "pause-rotation":
    case "resume-rotation":
    case "roll-back":
      return <KeyRotationAct keyId={value.id} act={action} onClose={onClose} />
    case "keep":
      return <KeepDialog value={value} onClose={onClose} />
    case "destroy":
      return <DestroyDialog value={value} onClose={onClose} onSuspend={onSuspend} onDestroyed={onDestroyed} />
  }
}
