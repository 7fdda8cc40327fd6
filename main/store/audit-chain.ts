import { type KeyObject, timingSafeEqual } from "node:crypto"
import { z } from "zod"
import { canonicalJson } from "../crypto/canonical-json.ts"
import { equalBytes } from "../crypto/constant-time.ts"
import { hmacSha256, sha256 } from "../crypto/hmac.ts"
import type { AuditEntry, ChainHead, Json } from "../domain/audit-entry.ts"
import type { VaultDb } from "./vault-database.ts"

/** What stands before the first row. */
export const genesis: ChainHead = { seq: 0, hash: new Uint8Array(32) }

/** What JSON.parse gave is JSON, if it is finite; `z.json()` would take longer to see that than all the rest of a row. */
const parsedJson = z.custom<z.infer<ReturnType<typeof z.json>>>(isFiniteThroughout)

/** The content of a row. Its RFC 8785 form is what is hashed, stored and exported. */
export const AuditBody = z.object({
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  target: z.string().nullable(),
  outcome: z.string(),
  detail: z.record(z.string(), parsedJson),
})
export type AuditBody = z.infer<typeof AuditBody>

/** A stored row: `hashed` is the previous hash followed by the body's canonical bytes. */
export interface ChainRow {
  readonly seq: number
  readonly hashed: Uint8Array
  readonly hash: Uint8Array
  readonly mac: Uint8Array
}

interface Appended {
  readonly head: ChainHead
  readonly at: string
}

/** Writes rows at the chain's end: `hash = SHA-256(prev_hash || body)`, `mac = HMAC-SHA-256(audit-mac, hash)`. */
export class AuditChain {
  readonly #insert
  readonly #macKey: KeyObject

  constructor(db: VaultDb, macKey: KeyObject) {
    this.#macKey = macKey
    this.#insert = db.prepare<[number, string, Uint8Array, Uint8Array, Uint8Array]>(
      "INSERT INTO audit (seq, body, prev_hash, hash, mac) VALUES (?, ?, ?, ?, ?)",
    )
  }

  append(previous: ChainHead, actor: string, at: string, entry: AuditEntry, detail: Record<string, Json>): Appended {
    const seq = previous.seq + 1
    const { action, target, outcome = "done" } = entry
    const body = canonicalJson({ action, actor, at, detail, outcome, seq, target })
    const hash = rowHash(previous.hash, Buffer.from(body))
    this.#insert.run(seq, body, previous.hash, hash, hmacSha256(this.#macKey, hash))
    return { head: { seq, hash }, at }
  }
}

/** JSON.parse makes a number that is too large an infinite one, which nobody can write as JSON again. */
function isFiniteThroughout(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value)
  return typeof value !== "object" || value === null || Object.values(value).every(isFiniteThroughout)
}

export function rowHash(previousHash: Uint8Array, body: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([previousHash, body]))
}

/** Why a row is not the one that was written there, or `null` when it is. The MAC is checked where there is its key. */
export function flawOf(row: ChainRow, previous: ChainHead, macKey: KeyObject | null): string | null {
  if (row.seq !== previous.seq + 1) return `row ${previous.seq + 1} is missing`
  if (!equalBytes(row.hashed.subarray(0, 32), previous.hash)) return "does not follow the row before it"
  if (!equalBytes(sha256(row.hashed), row.hash)) return "was edited"
  if (macKey !== null && !isMacOf(row.mac, macKey, row.hash)) return "carries a wrong MAC"
  return null
}

function isMacOf(mac: Uint8Array, macKey: KeyObject, hash: Uint8Array): boolean {
  return mac.length === 32 && timingSafeEqual(mac, hmacSha256(macKey, hash))
}

const StoredRow = z.tuple([z.int(), z.instanceof(Uint8Array), z.instanceof(Uint8Array), z.instanceof(Uint8Array)])
/** Columns of a `ChainRow`. Joining two blobs gives text in SQLite, so the outer cast makes bytes of it again. */
export const chainColumns = "seq, CAST(prev_hash || body AS BLOB), hash, mac"

/** The row's own parts, checked for type: what SQLite gives back is outside input too. */
export function toChainRow(raw: unknown): ChainRow {
  const [seq, hashed, hash, mac] = StoredRow.parse(raw)
  return { seq, hashed, hash, mac }
}

export function chainRowAt(db: VaultDb, seq: number): ChainRow | null {
  const raw = db.prepare(`SELECT ${chainColumns} FROM audit WHERE seq = ?`).raw().get(seq)
  return raw === undefined ? null : toChainRow(raw)
}

export function lastChainRow(db: VaultDb): ChainRow | null {
  const raw = db.prepare(`SELECT ${chainColumns} FROM audit ORDER BY seq DESC LIMIT 1`).raw().get()
  return raw === undefined ? null : toChainRow(raw)
}

/** Rows in order, a page at a time, so that whoever walks them can yield in between. */
export function* chainPages(db: VaultDb, pageSize = 256): Generator<unknown[]> {
  const page = db
    .prepare<[number, number]>(`SELECT ${chainColumns} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`)
    .raw()
  let after = -1
  for (;;) {
    const rows = page.all(after, pageSize)
    if (rows.length === 0) return
    after = toChainRow(rows.at(-1)).seq
    yield rows
  }
}
