import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { RotationDialog } from "../rotation/rotation-dialog.tsx"
import { useRotation } from "../rotation/use-rotation.ts"
import { RotateForm } from "./rotate-form.tsx"
import { RotateSecretForm } from "./rotate-secret-form.tsx"

interface RotateDialogProps {
  readonly value: KeyObject
  readonly isBySteps?: boolean
  readonly onClose: () => void
}

/** A key that rotates by steps goes on with that; but what is compromised waits for none. */
export function RotateDialog({ value, isBySteps = false, onClose }: RotateDialogProps) {
  const { isKnown, rotation } = useRotation(value.id)
  const [isForm, setForm] = useState(false)
  if (isForm && value.algorithm === "secret") return <RotateSecretForm value={value} onClose={onClose} />
  if (isForm) return <RotateForm value={value} isBySteps={isBySteps} onClose={onClose} />
  if (!isKnown) return null
  if (rotation !== null && value.state !== "compromised")
    return <RotationDialog rotation={rotation} onClose={onClose} />
  // What was asked for stays on the screen, whatever becomes known meanwhile.
  setForm(true)
  return null
}
