import type { RotationActName } from "./rotation-act.ts"
import { RotationActDialog } from "./rotation-act-dialog.tsx"
import { useRotation } from "./use-rotation.ts"

interface KeyRotationActProps {
  readonly keyId: string
  readonly act: RotationActName
  readonly onClose: () => void
}

/** An act on the rotation of a key of which only that is known here. */
export function KeyRotationAct({ keyId, act, onClose }: KeyRotationActProps) {
  const { rotation } = useRotation(keyId)
  return rotation === null ? null : (
    <RotationActDialog rotation={rotation} act={act} onClose={onClose} onOver={onClose} />
  )
}
