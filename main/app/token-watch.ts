import type { Preferences } from "../../preload/contract/preferences.ts"
import type { HealthCause, TokenHealth } from "../../preload/contract/token-health.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { AskVault } from "./ask-vault.ts"

interface TokenWatchParts {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly preferences: () => Preferences
  /** Which opening of a vault this is; `null` while none is open. */
  readonly visit: () => number | null
  readonly askVault: AskVault
  /** Tokens were checked. @param failing - of how many a person must know that they are not well */
  readonly tell: (failing: number) => void
}

const hour = 3_600_000
/** So many reports tell when somebody last looked by schedule. */
const enoughReports = 50

/** Has the tokens that the open vault knows checked when it is time, and when something was plugged in. No PIN is asked for. */
export class TokenWatch {
  readonly #parts: TokenWatchParts
  #visit: number | null = null
  /** When it looked last, on the same clock; `null`: that is to be found out. */
  #lookedAt: number | null = null
  #isLooking = false

  constructor(parts: TokenWatchParts) {
    this.#parts = parts
  }

  /** To be called now and then. */
  async check(): Promise<void> {
    const { now, preferences, visit } = this.#parts
    const every = preferences().checkTokensEvery * hour
    if (visit() !== this.#visit) {
      this.#visit = visit()
      this.#lookedAt = null
    }
    if (every === 0 || this.#visit === null) return
    await this.#alone(async () => {
      this.#lookedAt ??= await this.#lastByItself()
      if (now() - this.#lookedAt < every) return
      this.#lookedAt = now()
      await this.#look("schedule")
    })
  }

  async onPluggedIn(): Promise<void> {
    if (this.#parts.visit() !== null) await this.#alone(() => this.#look("plugged-in"))
  }

  /** One at a time. What can't be looked at is looked at the next time; that a vault was locked meanwhile is no news. */
  async #alone(work: () => Promise<void>): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      await work()
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
    } finally {
      this.#isLooking = false
    }
  }

  async #lastByItself(): Promise<number> {
    const { reports } = await this.#parts.askVault("token.health.history", { limit: enoughReports })
    const last = reports.find(({ cause }) => cause === "schedule")
    return last === undefined ? 0 : Date.parse(last.at)
  }

  async #look(cause: HealthCause): Promise<void> {
    const { tokens } = await this.#parts.askVault("token.health", { cause })
    const failing = tokens.filter(({ outcome }) => outcome === "failed")
    const news = await Promise.all(failing.map((report) => this.#isNews(report)))
    if (tokens.length > 0) this.#parts.tell(news.filter(Boolean).length)
  }

  /** That a token is away is told when it goes: many are put into a drawer. Anything else is told until it is mended. */
  async #isNews({ uri, checks }: TokenHealth): Promise<boolean> {
    if (checks.some(({ check, outcome }) => outcome === "failed" && check !== "present")) return true
    const { reports } = await this.#parts.askVault("token.health.history", { uri, limit: 2 })
    return reports[1]?.outcome !== "failed"
  }
}
