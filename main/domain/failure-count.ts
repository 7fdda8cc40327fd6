import type { UnusualUse } from "./unusual-use.ts"

const hourMs = 3_600_000

/** How often acts were refused, or failed, within an hour: of one key, or of the vault. Hours are full ones, in UTC. */
export class FailureCount {
  readonly #keyId: string | null
  readonly #many: number
  #hour = { number: Number.NaN, from: 0, rows: 0 }

  /** @param many - so many within an hour are unusual */
  constructor(keyId: string | null, many: number) {
    this.#keyId = keyId
    this.#many = many
  }

  /** Takes the next failure. @returns the unusual ones that it belongs to, as they are now */
  note(at: number): UnusualUse | null {
    const number = Math.floor(at / hourMs)
    if (number !== this.#hour.number) this.#hour = { number, from: at, rows: 0 }
    this.#hour.rows += 1
    const { from, rows } = this.#hour
    if (rows < this.#many) return null
    const reason = `Acts were refused, or failed, ${rows} times within an hour.`
    return { kind: "failures", keyId: this.#keyId, from, to: at, rows, reason }
  }
}
