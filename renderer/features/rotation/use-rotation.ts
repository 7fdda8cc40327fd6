import type { RotationObject } from "../../../preload/contract/rotation.ts"
import { useAnswer } from "../../api/use-answer.ts"

/** A grace ends as time goes by. */
const minuteMs = 60_000

interface FoundRotation {
  readonly isKnown: boolean
  /** `null` where there is none. */
  readonly rotation: RotationObject | null
}

/** The rotation by steps that a key is in. */
export function useRotation(keyId: string): FoundRotation {
  const { data, isPending } = useAnswer("rotation.list", {}, { refetchInterval: minuteMs })
  return { isKnown: !isPending, rotation: data?.rotations.find((each) => each.keyId === keyId) ?? null }
}
