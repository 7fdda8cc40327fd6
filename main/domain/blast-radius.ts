/** One step from a key to another that it bears on, or that bears on it. */
export interface Bearing {
  readonly keyId: string
  /** How, as a person reads it: `wraps`, `depends on`. */
  readonly how: string
}

/** A key that is reached from another one. */
export interface Reached {
  readonly keyId: string
  /** How many steps away it is, on the shortest way. */
  readonly distance: number
  /** The last step on the way to it. */
  readonly how: string
  /** The key that this step starts at. */
  readonly from: string
}

/** All keys that are reached from one, by any number of steps, each once, the nearest first. Circles end where they began. */
export function* reachedFrom(start: string, stepsFrom: (keyId: string) => readonly Bearing[]): Generator<Reached> {
  const known = new Set([start])
  let edge: readonly string[] = [start]
  for (let distance = 1; edge.length > 0; distance += 1) {
    const next: string[] = []
    for (const from of edge) {
      for (const { keyId, how } of stepsFrom(from)) {
        if (known.has(keyId)) continue
        known.add(keyId)
        next.push(keyId)
        yield { keyId, distance, how, from }
      }
    }
    edge = next
  }
}
