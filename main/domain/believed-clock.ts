const day = 24 * 3_600_000

/** A vault can lie for a year. A clock that is further ahead of where it last stood is more likely wrong. */
const longestRest = 400 * day

/** Behind by less than this a clock was only set right. */
const tolerance = 60_000

/** What a vault knows of the machine's clock. Milliseconds since 1970. */
export interface BelievedClock {
  /** The latest time that is believed: what has ended by then has ended. `null` before anything was done. */
  readonly believed: number | null
  /** A time to which the clock has jumped, and which is not believed until it has gone on from there for a day. */
  readonly suspected: number | null
}

export interface ClockReading {
  readonly verdict: "plausible" | "went-back" | "jumped-ahead"
  readonly offBySeconds: number
}

/** How the clock stands to what is believed. */
export function judgeClock({ believed }: BelievedClock, now: number): ClockReading["verdict"] {
  if (believed === null) return "plausible"
  if (believed - now >= tolerance) return "went-back"
  return now - believed > longestRest ? "jumped-ahead" : "plausible"
}

/** What is believed from now on: it never goes back, and follows a jump only when the clock goes on from there. */
export function clockAfter(clock: BelievedClock, now: number): BelievedClock {
  const { believed, suspected } = clock
  if (believed === null) return { believed: now, suspected: null }
  if (judgeClock(clock, now) !== "jumped-ahead") return { believed: Math.max(believed, now), suspected: null }
  const sinceJump = suspected === null ? Number.NaN : now - suspected
  if (sinceJump >= day && sinceJump <= longestRest) return { believed: now, suspected: null }
  return { believed, suspected: sinceJump >= 0 && sinceJump < day ? suspected : now }
}
