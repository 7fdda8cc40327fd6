import type { RotationObject } from "../../../preload/contract/rotation.ts"
import { useAnswer } from "../../api/use-answer.ts"

/** A grace ends as time goes by. */
const minuteMs = 60_000

interface FoundRotation {
  readonly isKnown: boolean
  /** `null` where there is none. */
  readonly rotation: RotationObject | null
}

/** The rotation by steps that a key is in. @param key - its id, or its name */
export function useRotation(key: string): FoundRotation {
  const { data, isPending } = useAnswer("rotation.list", { keys: [key] }, { refetchInterval: minuteMs })
  return { isKnown: !isPending, rotation: data?.rotations[0] ?? null }
}

/** Those of several keys, by the keys' ids. */
export function useRotations(ids: readonly string[]): ReadonlyMap<string, RotationObject> {
  const { data } = useAnswer("rotation.list", { keys: [...ids] })
  return new Map(data?.rotations.map((each) => [each.keyId, each]))
}
