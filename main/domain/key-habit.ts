import type { UnusualThresholds } from "../../preload/contract/policy-file.ts"
import { durationMs } from "./cryptoperiod.ts"
import type { UnusualUse } from "./unusual-use.ts"

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Hours of use before there is anything that is usual: a new key's first work is not held against it. */
const hoursOfHabit = 5

/** How one key has been used until now. Hours are full ones, in UTC. */
export class KeyHabit {
  readonly #keyId: string
  readonly #thresholds: UnusualThresholds
  readonly #knownSince: number
  #lastUse: number | null = null
  /** The hour that goes on. */
  #hour = { number: Number.NaN, from: 0, uses: 0 }
  #hoursBefore = 0
  #busiestBefore = 0

  /** @param knownSince - when the log first speaks of it, in milliseconds since 1970 */
  constructor(keyId: string, knownSince: number, thresholds: UnusualThresholds) {
    this.#keyId = keyId
    this.#thresholds = thresholds
    this.#knownSince = knownSince
  }

  /** Takes the next use. @returns what is unusual about it */
  noteUse(at: number): readonly UnusualUse[] {
    const found = [this.#longUnused(at), this.#burst(at)]
    this.#lastUse = at
    return found.filter((one) => one !== null)
  }

  #longUnused(at: number): UnusualUse | null {
    const days = Math.floor((at - (this.#lastUse ?? this.#knownSince)) / dayMs)
    if (at - (this.#lastUse ?? this.#knownSince) < durationMs(this.#thresholds.rest)) return null
    const reason =
      this.#lastUse === null
        ? `Used for the first time, ${days} days after it came into the vault.`
        : `Used again after ${days} days of rest.`
    return { kind: "long-unused", keyId: this.#keyId, from: at, to: at, rows: 1, reason }
  }

  #burst(at: number): UnusualUse | null {
    const number = Math.floor(at / hourMs)
    if (number !== this.#hour.number) {
      this.#busiestBefore = Math.max(this.#busiestBefore, this.#hour.uses)
      if (this.#hour.uses > 0) this.#hoursBefore += 1
      this.#hour = { number, from: at, uses: 0 }
    }
    this.#hour.uses += 1
    const { from, uses } = this.#hour
    const { burstUses, burstFactor } = this.#thresholds
    const isBurst = this.#hoursBefore >= hoursOfHabit && uses >= burstUses && uses >= burstFactor * this.#busiestBefore
    if (!isBurst) return null
    const reason = `Used ${uses} times within an hour; before, never more than ${inWords(this.#busiestBefore)}.`
    return { kind: "burst", keyId: this.#keyId, from, to: at, rows: uses, reason }
  }
}

function inWords(times: number): string {
  return times === 1 ? "once" : `${times} times`
}
