import type { RotationObject } from "../../../preload/contract/rotation.ts"
import type { IconName } from "../../ui/icon.tsx"
import { nextWords } from "./rotation-words.ts"

export type RotationActName = "advance" | "rewrap" | "pause-rotation" | "resume-rotation" | "roll-back"

export interface RotationAct {
  readonly name: RotationActName
  readonly label: string
  /** As the command line and the log have it. */
  readonly operation: string
  readonly icon: IconName
  /** Something stands before it. */
  readonly isWaiting: boolean
}

/** What can be done about a rotation as far as it is, in the order of the buttons. */
export function actsOf(rotation: RotationObject): readonly RotationAct[] {
  const { phase, waitsFor, dataKeysLeft, isPaused } = rotation
  const rewrap: RotationAct = {
    name: "rewrap",
    label: "Rewrap data keys",
    operation: "rotation.rewrap",
    icon: "rotate",
    isWaiting: false,
  }
  return [
    {
      name: "advance",
      label: nextWords(rotation),
      operation: "rotation.advance",
      icon: "play",
      isWaiting: waitsFor.length > 0,
    },
    ...(phase === "switched" && dataKeysLeft > 0 ? [rewrap] : []),
    isPaused
      ? {
          name: "resume-rotation",
          label: "Resume rotation",
          operation: "rotation.resume",
          icon: "play",
          isWaiting: false,
        }
      : {
          name: "pause-rotation",
          label: "Pause rotation",
          operation: "rotation.pause",
          icon: "pause",
          isWaiting: false,
        },
    { name: "roll-back", label: "Roll back", operation: "rotation.rollback", icon: "stop", isWaiting: false },
  ]
}
