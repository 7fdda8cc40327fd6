import { fromNow, isPast } from "../../ui/time.ts"

/** Of what waits for its destruction; when the wait is over, it may wait for a person still. */
export function countdownTo(destroysAt: string): string {
  return isPast(destroysAt) ? "destruction due" : `destroyed ${fromNow(destroysAt)}`
}
