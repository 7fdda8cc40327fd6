import type { KeyOrder } from "../../preload/contract/key.ts"
import type { TokenHealth } from "../../preload/contract/token-health.ts"
import type { Algorithm, KeyState, Purpose, RelationKind } from "../../preload/contract/values.ts"
import type { AuditEntry, ChainHead, Json } from "./audit-entry.ts"
import type { BackupRegister } from "./backup-register.ts"
import type { EventRegister } from "./event-register.ts"
import type { IncidentRegister } from "./incident-register.ts"
import type { Key } from "./key.ts"
import type { KeyOutline, KeyStanding, OutlineFilter } from "./key-outline.ts"
import type { KeyTraces } from "./key-traces.ts"
import type { PolicyRegister } from "./policy-register.ts"
import type { ReportSource } from "./report-source.ts"
import type { DataKeyRegister, RotationRegister } from "./rotation-register.ts"
import type { Secret } from "./secret.ts"
import type { SeedRegister } from "./seed-register.ts"
import type { TokenSlots } from "./token-slots.ts"
import type { TokenUri } from "./token-uri.ts"

/** Where a page ended: what its last key is put in order by, and its name. */
export interface KeyPosition {
  readonly value: string | null
  readonly name: string
}

/** Which keys to list; all conditions hold at once. */
export interface KeyFilter {
  readonly state?: KeyState | undefined
  readonly keyring?: string | undefined
  readonly algorithm?: Algorithm | undefined
  readonly purpose?: Purpose | undefined
  /** Only keys whose rotation is due at this moment (RFC 3339 UTC). */
  readonly dueAt?: string | undefined
  /** Only keys that were made then or before, or after that moment (RFC 3339 UTC). */
  readonly madeUntil?: string | undefined
  readonly madeAfter?: string | undefined
  /** Words, each the beginning of a word of name, owner, environment or tags. */
  readonly query?: string | undefined
  /** By name, unless something else is asked for; keys that are alike in it follow by name. */
  readonly order?: KeyOrder | undefined
  readonly descending?: boolean | undefined
  readonly limit: number
  /** The last key of the page before. */
  readonly after?: KeyPosition | undefined
}

/** The inventory: keys and their versions, without material. What is read is checked against the log. */
export interface KeyInventory {
  /** @throws `INTEGRITY_FAILED` when the row is not the one that the log says was left behind */
  find(name: string): Key | null
  findById(id: string): Key | null
  /** The name of a key that has a version of this SPKI fingerprint whose material is there. */
  withFingerprint(fingerprint: string): string | null
  /** All keys that have such a version. */
  sharing(fingerprint: string): { readonly id: string; readonly name: string }[]
  /** Public keys (SubjectPublicKeyInfo DER) of all versions of RSA keys, destroyed ones too, the newest first. */
  rsaPublicKeys(limit: number): { readonly name: string; readonly publicKey: Uint8Array }[]
  /** Where the keys that are in tokens are, of all versions that are not destroyed. */
  inTokens(): { readonly name: string; readonly location: string }[]
  /** Names of keys that are in tokens and were not made from here. */
  importedInTokens(): string[]
  list(filter: KeyFilter): Key[]
  /** All keys in the order in which they were made, in pages between which others get their turn. */
  outlines(filter: OutlineFilter): AsyncIterable<readonly KeyOutline[]>
  standing(id: string): KeyStanding | null
  /** Keys whose activation or expiry lies behind them while their state does not say so yet. */
  dueForChange(now: string): Key[]
  /** Keys of which a version's waiting time before its destruction is over. */
  dueForDestruction(now: string): Key[]
  /** The keys that stand in a relation to this one, with the kind. */
  relatedTo(id: string): {
    readonly kind: RelationKind
    readonly id: string
    readonly key: string
    readonly state: KeyState
  }[]
  /** @throws `ALREADY_EXISTS` when the name is taken */
  insert(key: Key): void
  /** Writes what differs from `before`. @throws `ALREADY_EXISTS` when a new name is taken */
  update(before: Key, after: Key): void
}

/** What binds material to its place: a row moved elsewhere does not open. */
export interface MaterialPlace {
  readonly keyId: string
  readonly version: number
  readonly algorithm: Algorithm
  readonly keyringId: string
}

/** Key material, each sealed under a DEK of its own. */
export interface MaterialSafe {
  /**
   * Has a keyring ready for `put` and `move` until what it gives is disposed. One that tokens hold asks one of them.
   * @param pin - of that token; stays the caller's
   * @param holder - which of them; whichever is there, where nobody says
   * @throws `TOKEN_ABSENT`, `TOKEN_ERROR`, `PIN_INCORRECT`, `PIN_LOCKED`, `INTEGRITY_FAILED`
   */
  reach(keyringId: string, pin: Secret | null, holder?: TokenUri): Promise<Disposable>
  /** Does not take the material over. Its keyring must have been reached. */
  put(place: MaterialPlace, material: Secret): void
  /**
   * Reaches the keyring by itself.
   * @throws `INTEGRITY_FAILED` when it does not open, `STATE_DENIED` when it is gone; as `reach`
   */
  open(place: MaterialPlace, pin: Secret | null): Promise<Secret>
  /**
   * The id of a key of mere bytes that has a version with this very material, whatever its algorithm, as far as that is
   * known. Seeds do not count.
   */
  keyWith(material: Secret): Promise<string | null>
  /** Examines what was not examined yet, once for ever: what a report on all keys asks of material and public keys. */
  examine(): Promise<void>
  /**
   * Rewraps the DEK of a version for the KEK of another keyring; the ciphertext is not touched. Both must have been reached.
   * @throws `INTEGRITY_FAILED` when it does not open
   */
  move(from: MaterialPlace, toKeyringId: string): void
  /** Deletes wrapped DEK and ciphertext; `purge` on the journal then removes the traces from the files. */
  erase(keyId: string, version: number): void
}

export interface KeyringRecord {
  readonly id: string
  readonly name: string
  /** What belongs into it: seeds of wallets, or all other keys. */
  readonly purpose: "general" | "wallet"
  readonly createdAt: string
  readonly kekVersion: number
  /** Without any, the vault itself wraps its KEK; else each of these does, and one of them is needed for each use. */
  readonly tokens: readonly KeyringToken[]
}

/** A key in a token that holds a keyring. */
export interface KeyringToken {
  readonly id: string
  readonly uri: string
  readonly addedAt: string
}

export interface KeyringInventory {
  /** @throws `NOT_FOUND` */
  find(name: string): KeyringRecord
  list(): KeyringRecord[]
  /** How many keys it holds, tombstones included. */
  countKeys(id: string): number
  /** A keyring with a new random KEK. @throws `ALREADY_EXISTS` */
  create(name: string, purpose?: KeyringRecord["purpose"]): KeyringRecord
}

/** How often a version has encrypted with a random nonce, as the log has it. */
export interface SealCounts {
  count(keyId: string, version: number): number
}

/** The log, and the only way to change anything: the change and its row stand or fall together. */
export interface Journal {
  /** Runs `work` and writes the row it gives, in one durable transaction. */
  record<Result>(work: () => { readonly entry: AuditEntry; readonly result: Result }): Result
  head(): ChainHead
  /** Starts a group: everything until `commit` becomes durable at once, or not at all. */
  begin(): void
  commit(): void
  /** Undoes the group. */
  rollback(): void
  isGrouping(): boolean
  /** The longest time that lies between two rows since a moment (RFC 3339 UTC), in milliseconds. */
  longestPauseSince(moment: string): number
  /** Moves what the write-ahead log holds into the file and empties it, so that erased bytes are gone from both. */
  purge(): void
}

/** A statement that can be verified without the vault. */
export interface Attested<Statement extends Json> {
  readonly statement: Statement
  /** SubjectPublicKeyInfo DER of the vault's Ed25519 audit key, base64. */
  readonly publicKey: string
  /** Ed25519 over the RFC 8785 form of the statement, base64. */
  readonly signature: string
}

/** How tokens were when somebody looked. */
export interface TokenHealthRegister {
  add(report: TokenHealth): void
  /** The newest first. @param tokens - their URIs; `null`: all of them */
  list(tokens: readonly string[] | null, limit: number): readonly TokenHealth[]
  /** The last report of each token, the newest first. */
  newest(): readonly TokenHealth[]
}

/** What an unlocked vault offers. */
export interface OpenVault {
  readonly vaultId: string
  readonly path: string
  readonly keys: KeyInventory
  readonly materials: MaterialSafe
  readonly keyrings: KeyringInventory
  readonly policies: PolicyRegister
  readonly reports: ReportSource
  readonly traces: KeyTraces
  readonly incidents: IncidentRegister
  readonly seals: SealCounts
  readonly journal: Journal
  readonly backups: BackupRegister
  readonly seeds: SeedRegister
  readonly tokenHealth: TokenHealthRegister
  readonly rotations: RotationRegister
  readonly dataKeys: DataKeyRegister
  readonly events: EventRegister
  readonly tokenSlots: TokenSlots
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly isClosed: boolean
  /** Signs a statement of the vault's with its audit key. */
  attest<Statement extends Json>(statement: Statement): Attested<Statement>
  close(): void
}
