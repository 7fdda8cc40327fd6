import type { RotationObject } from "../../../preload/contract/rotation.ts"
import { AdvanceDialog } from "./advance-dialog.tsx"
import { HoldDialog } from "./hold-dialog.tsx"
import { RewrapDialog } from "./rewrap-dialog.tsx"
import type { RotationActName } from "./rotation-act.ts"

interface RotationActDialogProps {
  readonly rotation: RotationObject
  readonly act: RotationActName
  readonly onClose: () => void
  /** The rotation has come to its end, or was undone. */
  readonly onOver: () => void
}

/** The dialog of an act on a rotation, wherever it was asked for. */
export function RotationActDialog({ rotation, act, onClose, onOver }: RotationActDialogProps) {
  if (act === "advance") return <AdvanceDialog rotation={rotation} onClose={onClose} onOver={onOver} />
  if (act !== "rewrap") return <HoldDialog rotation={rotation} act={act} onClose={onClose} onOver={onOver} />
  const { name, toVersion, dataKeysLeft } = rotation
  return <RewrapDialog name={name} version={toVersion} left={dataKeysLeft} onClose={onClose} />
}
