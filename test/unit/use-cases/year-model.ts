const day = 86_400_000

/** What a person would write down of a key on paper. Times are milliseconds since 1970; nothing here is the product's code. */
interface PaperKey {
  readonly name: string
  readonly algorithm: string
  readonly period: number | null
  readonly expires: number | null
  owner: string | null
  since: number
  version: number
  fate: "working" | "ended" | "waiting" | "destroyed"
  /** While it waits. */
  destroysAt: number | null
}

/** A simple model of the rules, to be compared with what the vault reports. */
export class PaperInventory {
  readonly #keys = new Map<string, PaperKey>()
  /** By name, the row of each destruction. */
  readonly destroyed: string[] = []

  add(key: { name: string; algorithm: string; days?: number; owner?: string; expires?: number }, now: number): void {
    const { name, algorithm, days, owner = null, expires = null } = key
    const period = days === undefined ? null : days * day
    this.#keys.set(name, {
      name,
      algorithm,
      period,
      owner,
      expires,
      since: now,
      version: 1,
      fate: "working",
      destroysAt: null,
    })
  }

  rotate(name: string, now: number): void {
    const key = this.#of(name)
    key.version += 1
    key.since = now
  }

  /** Its versions go on counting, though the work went back. */
  giveBack(name: string, version: number, since: number): void {
    const key = this.#of(name)
    key.version = version
    key.since = since
  }

  rest(name: string): void {
    this.#of(name).fate = "ended"
  }

  /** Its destruction begins to wait. */
  condemn(name: string, destroysAt: number): void {
    Object.assign(this.#of(name), { fate: "waiting", destroysAt })
  }

  destroy(name: string): void {
    this.#of(name).fate = "destroyed"
    this.destroyed.push(name)
  }

  /** When each working key is to rotate or ends, and each that waits is destroyed, the earliest first, as far as that is within so many days. */
  due(now: number, days: number): { name: string; event: string; standing: string }[] {
    const condemned = [...this.#keys.values()].flatMap(({ name, fate, destroysAt: at }) =>
      fate === "waiting" && at !== null ? [{ name, event: "destruction", at }] : [],
    )
    return this.#working(now)
      .flatMap(({ name, period, since, expires }) => [
        ...(period === null ? [] : [{ name, event: "rotation", at: since + period }]),
        ...(expires === null ? [] : [{ name, event: "expiry", at: expires }]),
      ])
      .concat(condemned)
      .filter(({ at }) => at <= now + days * day)
      .sort((one, other) => one.at - other.at || (one.name < other.name ? -1 : 1))
      .map(({ name, event, at }) => ({ name, event, standing: standing(at, now) }))
  }

  /** Name, state and version of each key. */
  states(now: number): string[] {
    return [...this.#keys.values()]
      .map((key) => `${key.name} ${this.#state(key, now)} ${key.version}`)
      .sort((one, other) => one.localeCompare(other))
  }

  /** Working keys of whom nobody answers. */
  unowned(now: number): string[] {
    return this.#working(now)
      .filter(({ owner }) => owner === null)
      .map(({ name }) => name)
      .sort((one, other) => one.localeCompare(other))
  }

  /** Keys that a quantum computer breaks: all that have a public half here. A key that ended may have protected what was recorded; of what is given up nobody asks. */
  quantumExposed(): number {
    return [...this.#keys.values()].filter(
      ({ algorithm, fate }) => fate !== "destroyed" && fate !== "waiting" && /^(rsa|ec|ed25519)/.test(algorithm),
    ).length
  }

  #state(key: PaperKey, now: number): string {
    if (key.fate === "destroyed") return "destroyed"
    if (key.fate === "waiting") return "pending-destruction"
    const isOver = key.fate === "ended" || (key.expires !== null && key.expires <= now)
    return isOver ? "deactivated" : "active"
  }

  #working(now: number): PaperKey[] {
    return [...this.#keys.values()].filter((key) => this.#state(key, now) === "active")
  }

  #of(name: string): PaperKey {
    const key = this.#keys.get(name)
    if (key === undefined) throw new Error(`${name} is not on the paper`)
    return key
  }
}

function standing(at: number, now: number): string {
  if (at > now) return "soon"
  return now - at < day ? "due" : "overdue"
}
