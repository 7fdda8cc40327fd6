import type { RotationObject, RotationPhase } from "../../../preload/contract/rotation.ts"
import type { AnswerTo } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { asDateAndTime } from "../../ui/time.ts"

type Row = AnswerTo<"audit.list">["rows"][number]

/** Who did the steps of a rotation that are done, and when, by the log. */
export function useStepLog({ keyId: key, startedAt: since }: RotationObject): ReadonlyMap<RotationPhase, string> {
  const made = useAnswer("audit.list", { key, since, action: "rotation.start", newest: true, limit: 1 })
  const moved = useAnswer("audit.list", { key, since, action: "rotation.advance", limit: 10 })
  const rows = [...(made.data?.rows ?? []), ...(moved.data?.rows ?? [])].filter(({ outcome }) => outcome === "done")
  return new Map(rows.flatMap((row) => phaseOf(row)))
}

function phaseOf({ detail, at, actor }: Row): readonly (readonly [RotationPhase, string])[] {
  const { rotation } = detail
  if (typeof rotation !== "object" || rotation === null || Array.isArray(rotation)) return []
  const { phase } = rotation
  const isPhase = phase === "made" || phase === "tested" || phase === "switched"
  return isPhase ? [[phase, `${asDateAndTime(at)}, ${actor}`]] : []
}
