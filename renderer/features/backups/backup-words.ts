import type { AnswerTo } from "../../api/ask.ts"
import { asDateAndTime } from "../../ui/time.ts"

export type Backup = AnswerTo<"vault.backups">["backups"][number]

interface Standing {
  readonly says: string
  readonly shape: string
  readonly color: string
  /** What it means and what to do, where there is something to do. */
  readonly advice?: string
}

/** How a backup stands, by word and shape: as its file is now, and as the last drill found it. */
export function standingOf({ file, drill, destruction }: Pick<Backup, "file" | "drill" | "destruction">): Standing {
  if (file === "destroyed") {
    const advice = `Destroyed with all its copies, as was said on ${asDateAndTime(destruction?.at ?? "")}: ${destruction?.reason}`
    return { says: "destroyed", shape: "✕", color: "gray", advice }
  }
  if (destruction !== undefined) {
    const advice = "It was said to be destroyed, and is there: delete it, or drill it to count on it again."
    return { says: "there again", shape: "▲", color: "red", advice }
  }
  if (file === "missing") {
    const advice = "It is not where it was written. Plug its disk in, or say where it is now."
    return { says: "not found", shape: "○", color: "gray", advice }
  }
  if (file === "replaced") {
    return { says: "replaced", shape: "✕", color: "gray", advice: "Another backup has its place by now." }
  }
  if (file === "damaged") {
    const advice = "What is there is no backup any more. Make another one, and keep it on another disk."
    return { says: "damaged", shape: "▲", color: "red", advice }
  }
  if (drill?.ok === false) {
    const found = `The drill of ${asDateAndTime(drill.at)} found: ${drill.problem ?? "damage"}.`
    return {
      says: "damaged",
      shape: "▲",
      color: "red",
      advice: `${found} Make another one, and keep it on another disk.`,
    }
  }
  return { says: "there", shape: "●", color: "claviger" }
}

/** For example "version 1", "versions 1, 2". */
export function versionsInWords(versions: readonly number[]): string {
  return `version${versions.length === 1 ? "" : "s"} ${versions.join(", ")}`
}
