import type { KeyObject } from "node:crypto"
import { z } from "zod"
import { PolicyFile } from "../../preload/contract/policy-file.ts"
import { canonicalJson } from "../crypto/canonical-json.ts"
import { equalBytes } from "../crypto/constant-time.ts"
import { hmacSha256, sha256 } from "../crypto/hmac.ts"
import { effectivePolicy, type Policy } from "../domain/policy-profiles.ts"
import type { KeyringPlace, PolicyRegister, PolicyVersion } from "../domain/policy-register.ts"
import { VaultError } from "../domain/vault-error.ts"
import { chainColumns, toChainRow } from "./audit-chain.ts"
import { bodyOf } from "./audit-rows.ts"
import type { VaultDb } from "./vault-database.ts"

const PolicyRow = z.object({ version: z.int(), at: z.string(), stated: z.string() })
const NumberedRow = PolicyRow.extend({ keyring: z.string() })
const HeadRow = z.object({ seq: z.int(), hash: z.instanceof(Uint8Array) })

/** What a keyring has before anybody says anything. */
const unstated = effectivePolicy({ profile: "personal" })

/** The policies in all their versions. What is read is what the log says was set last. */
export class StoredPolicies implements PolicyRegister {
  readonly #db: VaultDb
  readonly #auditMac: KeyObject
  readonly #head
  readonly #version
  /** By the hash of the row in the log that set it: a row that was undone gives its number to another, not its hash. */
  readonly #known = new Map<string, PolicyVersion & { readonly policy: Policy }>()

  constructor(db: VaultDb, auditMac: KeyObject) {
    this.#db = db
    this.#auditMac = auditMac
    this.#head = db.prepare<[string]>(`
      SELECT seq, hash FROM audit INDEXED BY audit_by_policy WHERE action = 'keyring.policy' AND outcome = 'done' AND target = ?
      ORDER BY seq DESC LIMIT 1`)
    this.#version = db.prepare<[string]>(
      "SELECT version, at, stated FROM policies WHERE keyring_id = ? ORDER BY version DESC LIMIT 1",
    )
  }

  of(keyring: KeyringPlace): Policy {
    return this.#current(keyring)?.policy ?? unstated
  }

  current(keyring: KeyringPlace): PolicyVersion | null {
    return this.#current(keyring)
  }

  history({ id }: KeyringPlace): PolicyVersion[] {
    return z
      .array(PolicyRow)
      .parse(
        this.#db.prepare("SELECT version, at, stated FROM policies WHERE keyring_id = ? ORDER BY version DESC").all(id),
      )
      .map(toVersion)
  }

  add(keyring: KeyringPlace, stated: PolicyFile, at: string): PolicyVersion {
    const version = (this.#current(keyring)?.version ?? 0) + 1
    const text = canonicalJson(z.json().parse(JSON.parse(JSON.stringify(stated))))
    this.#db
      .prepare("INSERT INTO policies (keyring_id, version, at, stated) VALUES (?, ?, ?, ?)")
      .run(keyring.id, version, at, text)
    return toVersion({ version, at, stated: text })
  }

  /** All that are stored, for `vault verify`: what each is called in a message, and what the log must say of it. */
  summaries(): Map<string, string> {
    const rows = this.#db
      .prepare(`SELECT name AS keyring, version, at, stated FROM policies JOIN keyrings ON keyrings.id = keyring_id`)
      .all()
    return new Map(
      z
        .array(NumberedRow)
        .parse(rows)
        .map(({ keyring, version, at, stated }) => [policyLabel(keyring, version), policySummary(hashOf(stated), at)]),
    )
  }

  #current(keyring: KeyringPlace) {
    const head = this.#head.get(keyring.name)
    if (head === undefined) return this.#requireNone(keyring)
    const { seq, hash } = HeadRow.parse(head)
    const id = Buffer.from(hash).toString("hex")
    const known = this.#known.get(id)
    if (known !== undefined) return known
    const version = this.#genuine(keyring, seq)
    const current = { ...version, policy: effectivePolicy(version.stated) }
    this.#known.set(id, current)
    return current
  }

  #requireNone({ id, name }: KeyringPlace): null {
    if (this.#version.get(id) === undefined) return null
    throw new VaultError("INTEGRITY_FAILED", `the log knows no policy of keyring ${name}`)
  }

  #genuine({ id, name }: KeyringPlace, seq: number): PolicyVersion {
    const row = toChainRow(this.#db.prepare(`SELECT ${chainColumns} FROM audit WHERE seq = ?`).raw().get(seq))
    const isOurs = equalBytes(sha256(row.hashed), row.hash) && equalBytes(hmacSha256(this.#auditMac, row.hash), row.mac)
    if (!isOurs) throw new VaultError("INTEGRITY_FAILED", `audit row ${seq}, about the policy of ${name}, was edited`)
    const stored = PolicyRow.safeParse(this.#version.get(id))
    const { version, hash, at } = bodyOf(row).detail
    const isAsLogged =
      stored.success && stored.data.version === version && stored.data.at === at && hashOf(stored.data.stated) === hash
    if (!isAsLogged) {
      throw new VaultError("INTEGRITY_FAILED", `the policy of keyring ${name} is not as audit row ${seq} left it`)
    }
    return toVersion(stored.data)
  }
}

/** How a version of a policy is called where it is compared. */
export function policyLabel(keyring: string, version: unknown): string {
  return `version ${version} of the policy of ${keyring}`
}

export function policySummary(hash: unknown, at: unknown): string {
  return JSON.stringify([hash, at])
}

function toVersion({ version, at, stated }: z.infer<typeof PolicyRow>): PolicyVersion {
  return { version, at, hash: hashOf(stated), stated: parsed(stated) }
}

function parsed(stated: string): PolicyFile {
  try {
    return PolicyFile.parse(JSON.parse(stated))
  } catch {
    throw new VaultError("INTEGRITY_FAILED", "a row of the policies is malformed")
  }
}

function hashOf(stated: string): string {
  return Buffer.from(sha256(stated)).toString("hex")
}
