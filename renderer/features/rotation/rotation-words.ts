import type { RotationObject } from "../../../preload/contract/rotation.ts"
import { asDateAndTime, withTimes } from "../../ui/time.ts"
import { lengthWords } from "../key-actions/counted.ts"

/** What stands before the next step. */
export function obstaclesOf({ waitsFor }: RotationObject): readonly string[] {
  return waitsFor.map(withTimes)
}

/** The next step, as its button and the palette have it. */
export function nextWords({ next, fromVersion, toVersion }: RotationObject): string {
  if (next === "test") return "Test both versions"
  return next === "switch" ? `Switch to version ${toVersion}` : `Retire version ${fromVersion}`
}

export interface ProcedureStep {
  readonly name: string
  readonly says: string
  readonly isDone: boolean
  /** Which row of the log tells who did it, and when. */
  readonly doneAs: "made" | "tested" | "switched" | null
}

/** The whole procedure, in its order. @param now - against which the end of the grace is held */
export function stepsOf(rotation: RotationObject, now = Date.now()): readonly ProcedureStep[] {
  const { phase, fromVersion, toVersion, grace, graceEndsAt, dataKeysLeft, bearsOn } = rotation
  const isTested = phase !== "made"
  const isSwitched = phase === "switched"
  const others =
    bearsOn.length === 0 ? "" : ` It wraps or protects ${bearsOn.join(", ")}: whether that has moved only people know.`
  return [
    { name: "Create", says: `Version ${toVersion} is made.`, isDone: true, doneAs: "made" },
    { name: "Test", says: "Both versions do their job on a test text.", isDone: isTested, doneAs: "tested" },
    { name: "Switch", says: `Version ${toVersion} takes over the work.`, isDone: isSwitched, doneAs: "switched" },
    {
      name: "Grace",
      says: `Version ${fromVersion} still opens and verifies what it made, ${graceEndsAt === null ? `for ${lengthWords(grace)}` : `until ${asDateAndTime(graceEndsAt)}`}.`,
      isDone: isSwitched && graceEndsAt !== null && Date.parse(graceEndsAt) <= now,
      doneAs: null,
    },
    {
      name: "Check",
      says: `${leftWords(dataKeysLeft, fromVersion)}${others}`,
      isDone: isSwitched && dataKeysLeft === 0,
      doneAs: null,
    },
    { name: "Retire", says: `Version ${fromVersion} opens nothing more.`, isDone: false, doneAs: null },
  ]
}

function leftWords(left: number, version: number): string {
  if (left === 0) return `No registered data key needs version ${version}.`
  return `${left === 1 ? "1 registered data key is" : `${left} registered data keys are`} still to be moved.`
}

/** Where it is, in one line. */
export function goingWords(rotation: RotationObject): string {
  const waits = obstaclesOf(rotation)
  const next = nextWords(rotation)
  return `next: ${next.charAt(0).toLowerCase()}${next.slice(1)}${waits.length === 0 ? "" : `; waits: ${waits.join("; ")}`}`
}
