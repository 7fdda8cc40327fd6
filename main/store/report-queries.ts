import { z } from "zod"
import type { HygieneFinding } from "../../preload/contract/report.ts"
import { Algorithm, type KeyState, Purpose } from "../../preload/contract/values.ts"
import type { KeyringPlace } from "../domain/policy-register.ts"
import type {
  AlgorithmCount,
  DueCounts,
  DueKey,
  GovernedPage,
  HygieneFinder,
  HygieneMoments,
  ProtectingKind,
  ReportSource,
  UsagePage,
} from "../domain/report-source.ts"
import { governedPages } from "./governed-pages.ts"
import { hygieneFinder } from "./hygiene-finders.ts"
import { countProtecting, protectingKeys } from "./protecting-keys.ts"
import { usagePages, usesOfKey } from "./usage-pages.ts"
import type { VaultDb } from "./vault-database.ts"

const DueRows = z.array(
  z.object({
    name: z.string(),
    purpose: Purpose,
    keyring: z.string(),
    owner: z.string().nullable(),
    event: z.enum(["rotation", "expiry", "destruction"]),
    at: z.string(),
  }),
)
const Counts = z.object({ overdue: z.int(), due: z.int(), soon: z.int() })
const AlgorithmRows = z.array(z.object({ algorithm: Algorithm, purpose: Purpose, keys: z.int() }))
const KeyCount = z.int()
const KekRows = z.array(z.object({ id: z.string(), keyring: z.string(), createdAt: z.string() }))
const Moment = z.string()

/** As in its index: nearly all keys are active, few are due. */
const rotating = "FROM keys INDEXED BY keys_by_rotation WHERE ifnull(next_rotation_at, '~') <= ? AND state = 'active'"
const ending =
  "FROM keys INDEXED BY keys_by_expiry WHERE expires_at <= ? AND state IN ('pre-active', 'active', 'suspended')"

/** One for each key that has anything waiting: the earliest. */
const doomed = `FROM (SELECT key_row, min(destroys_at) AS destroys_at
    FROM key_versions INDEXED BY key_versions_by_destruction_to_come WHERE destroys_at <= ? GROUP BY key_row)`

/** Questions about all keys at once, each answered by an index. */
export class StoredReports implements ReportSource {
  readonly #db: VaultDb
  readonly #lastUsed

  constructor(db: VaultDb) {
    this.#db = db
    this.#lastUsed = db.prepare<[string]>(`SELECT at ${usesOfKey} = ? ORDER BY seq DESC LIMIT 1`).pluck()
  }

  dueKeys(until: string, limit: number): DueKey[] {
    const columns = "keys.name, keys.purpose, owner, keyring_id"
    const sql = `
      SELECT due.name, due.purpose, keyrings.name AS keyring, owner, event, at FROM (
        SELECT * FROM (SELECT ${columns}, 'rotation' AS event, next_rotation_at AS at ${rotating}
          ORDER BY ifnull(next_rotation_at, '~'), keys.name LIMIT ?)
        UNION ALL
        SELECT * FROM (SELECT ${columns}, 'expiry' AS event, expires_at AS at ${ending} ORDER BY expires_at LIMIT ?)
        UNION ALL
        SELECT * FROM (SELECT ${columns}, 'destruction' AS event, destroys_at AS at ${doomed} JOIN keys ON row = key_row
          ORDER BY destroys_at LIMIT ?)
      ) AS due JOIN keyrings ON keyrings.id = keyring_id
      ORDER BY at, due.name, event LIMIT ?`
    return DueRows.parse(this.#db.prepare(sql).all(until, limit, until, limit, until, limit, limit))
  }

  countDue({
    overdueBefore,
    now,
    until,
  }: {
    readonly overdueBefore: string
    readonly now: string
    readonly until: string
  }): DueCounts {
    const sql = `
      SELECT count(*) FILTER (WHERE at <= ?) AS overdue, count(*) FILTER (WHERE at > ? AND at <= ?) AS due,
        count(*) FILTER (WHERE at > ?) AS soon
      FROM (SELECT next_rotation_at AS at ${rotating} UNION ALL SELECT expires_at AS at ${ending}
        UNION ALL SELECT destroys_at AS at ${doomed})`
    return Counts.parse(this.#db.prepare(sql).get(overdueBefore, overdueBefore, now, now, until, until, until))
  }

  countByAlgorithm(states: readonly KeyState[]): AlgorithmCount[] {
    const marks = states.map(() => "?").join(", ")
    const sql = `SELECT algorithm, purpose, count(*) AS keys FROM keys INDEXED BY keys_by_kind WHERE +state IN (${marks})
      GROUP BY algorithm, purpose ORDER BY algorithm, purpose`
    return AlgorithmRows.parse(this.#db.prepare(sql).all(...states))
  }

  countProtecting(states: readonly KeyState[]): (ProtectingKind & { keys: number })[] {
    return countProtecting(this.#db, states)
  }

  protecting(
    kind: ProtectingKind,
    states: readonly KeyState[],
    limit: number,
  ): { name: string; owner: string | null }[] {
    return protectingKeys(this.#db, kind, states, limit)
  }

  countByAge(state: KeyState, moments: readonly string[]): number[] {
    const made = "created_at <= ? AND created_at > ?"
    const count = this.#db
      .prepare(`SELECT count(*) FROM keys INDEXED BY keys_by_creation WHERE ${made} AND state = ?`)
      .pluck()
    const from = ["~", ...moments]
    return from.map((latest, index) => KeyCount.parse(count.get(latest, moments[index] ?? "", state)))
  }

  usage(since: string, keyring: string | undefined, limit: number): AsyncIterable<UsagePage> {
    return usagePages(this.#db, since, keyring, limit)
  }

  governed(keyrings: readonly KeyringPlace[]): AsyncIterable<GovernedPage> {
    return governedPages(this.#db, keyrings)
  }

  hygiene(finding: HygieneFinding, moments: HygieneMoments): HygieneFinder {
    return hygieneFinder(this.#db, finding, moments)
  }

  lastUsed(keyId: string): string | null {
    return Moment.nullable().parse(this.#lastUsed.get(keyId) ?? null)
  }

  keyEncryptionKeys(): { id: string; keyring: string; createdAt: string }[] {
    const sql = `SELECT keyrings.id AS id, name AS keyring, keyring_keks.created_at AS createdAt FROM keyrings
      JOIN keyring_keks ON keyring_id = keyrings.id AND version = kek_version ORDER BY name`
    return KekRows.parse(this.#db.prepare(sql).all())
  }

  masterKeySince(): string {
    const rekeyed = this.#db
      .prepare("SELECT at FROM audit WHERE action = 'vault.rekey' AND outcome = 'done' ORDER BY seq DESC LIMIT 1")
      .pluck()
      .get()
    return Moment.parse(rekeyed ?? this.#db.prepare("SELECT at FROM audit WHERE seq = 1").pluck().get())
  }
}
