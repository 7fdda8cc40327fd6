import { type BelievedClock, clockAfter } from "../domain/believed-clock.ts"

/** What has ended has ended: it does not begin again when the machine's clock is set back. A jump ahead is not followed for good. */
export function neverBackwards(now: () => number, last: BelievedClock): () => number {
  let clock = last
  return () => {
    const present = now()
    clock = clockAfter(clock, present)
    return Math.max(clock.believed ?? present, present)
  }
}
