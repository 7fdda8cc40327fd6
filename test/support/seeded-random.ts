import { createHash, randomInt } from "node:crypto"

/** Numbers that look random and are the same for the same seed: what failed once can be done again. */
export class SeededRandom {
  readonly seed: string
  #drawn = 0

  /** @param seed - else `$CLAVIGER_SEED`, else a new one */
  constructor(seed = process.env["CLAVIGER_SEED"] ?? String(randomInt(1_000_000_000))) {
    this.seed = seed
  }

  /** From 0 up to, not including, `below`. */
  below(below: number): number {
    this.#drawn += 1
    return createHash("sha256").update(`${this.seed}/${this.#drawn}`).digest().readUInt32BE() % below
  }

  oneOf<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error("there is nothing to choose from")
    return item
  }
}
