import { Modal } from "@mantine/core"
import { useState } from "react"
import type { RotationObject } from "../../../preload/contract/rotation.ts"
import { inert } from "../../ui/inert.ts"
import { useFocusBack } from "../../ui/use-focus-back.ts"
import type { RotationActName } from "./rotation-act.ts"
import { RotationActDialog } from "./rotation-act-dialog.tsx"
import { RotationSteps } from "./rotation-steps.tsx"

interface RotationDialogProps {
  readonly rotation: RotationObject
  readonly onClose: () => void
}

/** The same where the key's panel is not at hand. One dialog at a time: that of an act takes its place. */
export function RotationDialog({ rotation, onClose }: RotationDialogProps) {
  const [act, setAct] = useState<RotationActName | null>(null)
  useFocusBack()
  if (act !== null) {
    return <RotationActDialog rotation={rotation} act={act} onClose={() => setAct(null)} onOver={onClose} />
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Rotation by steps: ${inert(rotation.name)}${rotation.isPaused ? ", paused" : ""}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <RotationSteps rotation={rotation} onAct={setAct} />
    </Modal>
  )
}
