import { z } from "zod"
import { KeyState, RelationKind } from "../../preload/contract/values.ts"
import type { Key, KeyVersion, Relation } from "../domain/key.ts"
import type { KeyOutline, KeyStanding, OutlineFilter } from "../domain/key-outline.ts"
import type { KeyFilter, KeyInventory } from "../domain/open-vault.ts"
import { VaultError } from "../domain/vault-error.ts"
import { hasErrorCode } from "../files/system-error.ts"
import { leafOf } from "./key-leaf.ts"
import { keyOutlines } from "./key-outlines.ts"
import { few, keyPageQuery } from "./key-page-query.ts"
import {
  type KeyRow,
  keyColumns,
  toAttachment,
  toKey,
  toKeyRow,
  toRelation,
  toTag,
  toVersion,
  toVersionRow,
  type VersionRow,
  versionColumns,
} from "./key-rows.ts"
import type { KeySearch } from "./key-search.ts"
import { keyStatements } from "./key-statements.ts"
import type { VaultDb } from "./vault-database.ts"

/** Tells whether a key is as the log says it was left behind. @throws `INTEGRITY_FAILED` */
export type RequireGenuine = (key: Key) => void

const Incoming = z.object({ kind: RelationKind, id: z.string(), key: z.string(), state: KeyState })
const PublicKeyRow = z.object({ name: z.string(), publicKey: z.instanceof(Uint8Array) })
const LocationRow = z.object({ name: z.string(), location: z.string() })
const NameRow = z.object({ name: z.string() })
const NamedRow = z.object({ id: z.string(), name: z.string() })
const StandingRow = z.object({ name: z.string(), state: KeyState, currentVersion: z.int() })
const RowNumber = z.object({ row: z.int() })

/** The inventory in SQL. Nothing outside knows its rows; whatever is read is compared with the log. */
export class StoredKeys implements KeyInventory {
  readonly #db: VaultDb
  readonly #requireGenuine: RequireGenuine
  readonly #sql: ReturnType<typeof keyStatements>
  readonly #search: KeySearch

  constructor(db: VaultDb, search: KeySearch, requireGenuine: RequireGenuine) {
    this.#db = db
    this.#requireGenuine = requireGenuine
    this.#sql = keyStatements(db)
    this.#search = search
  }

  find(name: string): Key | null {
    return this.#assembled(this.#sql.byName.get(name))
  }

  findById(id: string): Key | null {
    return this.#assembled(this.#sql.byId.get(id))
  }

  withFingerprint(fingerprint: string): string | null {
    const row = this.#sql.byFingerprint.get(fingerprint)
    return row === undefined ? null : NameRow.parse(row).name
  }

  sharing(fingerprint: string): { id: string; name: string }[] {
    return this.#sql.sharing.all(fingerprint).map((row) => NamedRow.parse(row))
  }

  rsaPublicKeys(limit: number): { name: string; publicKey: Uint8Array }[] {
    return this.#sql.rsaPublicKeys.all(limit).map((row) => PublicKeyRow.parse(row))
  }

  inTokens(): { name: string; location: string }[] {
    return this.#sql.inTokens.all().map((row) => LocationRow.parse(row))
  }

  importedInTokens(): string[] {
    return z.array(z.string()).parse(this.#sql.importedInTokens.all())
  }

  /** The id of the keyring that a key is in; `null` when there is no such key. */
  keyringOf(id: string): string | null {
    return z
      .string()
      .nullable()
      .parse(this.#sql.keyringOf.get(id) ?? null)
  }

  list(filter: KeyFilter): Key[] {
    if (filter.query !== undefined) this.#search.write()
    return this.#rows(filter).map((row) => this.#checked(toKeyRow(this.#sql.byRow.get(row))))
  }

  #rows(filter: KeyFilter): number[] {
    const { probes, driven, near, walked } = keyPageQuery(filter)
    if (probes.some((probe) => this.#numbers(probe).every((count) => count <= few))) return this.#numbers(driven)
    const found = near === null ? [] : this.#numbers(near)
    return found.length === filter.limit ? found : this.#numbers(walked)
  }

  #numbers({ sql, values }: { readonly sql: string; readonly values: readonly unknown[] }): number[] {
    const found = this.#db
      .prepare(sql)
      .pluck()
      .all(...values)
    return found.map((number) => z.int().parse(number))
  }

  outlines(filter: OutlineFilter): AsyncIterable<readonly KeyOutline[]> {
    return keyOutlines(this.#db, filter)
  }

  standing(id: string): KeyStanding | null {
    const row = this.#sql.standing.get(id)
    return row === undefined ? null : StandingRow.parse(row)
  }

  /** @throws `NOT_FOUND` */
  digestOf(id: string): string {
    const raw = this.#sql.byId.get(id)
    if (raw === undefined) throw new VaultError("NOT_FOUND", `key ${id}`)
    return leafOf(this.#db, this.#whole(toKeyRow(raw)))
  }

  dueForChange(now: string): Key[] {
    return this.#sql.dueForChange.all(now, now).map((row) => this.#checked(toKeyRow(row)))
  }

  dueForDestruction(now: string): Key[] {
    return this.#sql.dueForDestruction.all(now).map((row) => this.#checked(toKeyRow(row)))
  }

  relatedTo(id: string): { kind: RelationKind; id: string; key: string; state: KeyState }[] {
    return this.#sql.incoming.all(id).map((row) => Incoming.parse(row))
  }

  insert(key: Key): void {
    const row = Number(uniquely(key.name, () => this.#sql.insertKey.run(...keyColumns(key), key.id)).lastInsertRowid)
    for (const version of key.versions) this.#insertVersion(row, version)
    for (const tag of key.tags) this.#sql.insertTag.run(row, tag)
    this.#search.add(row, key)
  }

  update(before: Key, after: Key): void {
    const { row } = RowNumber.parse(this.#sql.rowOf.get(before.id))
    uniquely(after.name, () => this.#sql.updateKey.run(...keyColumns(after), row))
    this.#updateVersions(row, before, after)
    this.#updateTags(row, before, after)
    this.#updateRelations(row, before, after)
    this.#search.replace(row, before, after)
  }

  /** All keys in the order of their rows, a page at a time, unchecked: for those who check them themselves. */
  *pages(pageSize = 256): Generator<Key[]> {
    let after = 0
    for (;;) {
      const rows = this.#sql.page.all(after, pageSize).map(toKeyRow)
      const last = rows.at(-1)
      if (last === undefined) return
      after = last.row
      yield rows.map((row) => this.#whole(row))
    }
  }

  #assembled(raw: unknown): Key | null {
    return raw === undefined ? null : this.#checked(toKeyRow(raw))
  }

  #checked(row: KeyRow): Key {
    const key = this.#whole(row)
    this.#requireGenuine(key)
    return key
  }

  #whole(row: KeyRow): Key {
    const versions = this.#sql.versions.all(row.row).map((raw) => this.#version(toVersionRow(raw)))
    const tags = this.#sql.tags.all(row.row).map(toTag)
    const relations = this.#sql.relations.all(row.row).map(toRelation)
    return toKey(row, versions, tags, relations)
  }

  #version(row: VersionRow): KeyVersion {
    const attachments = row.attachments === 0 ? [] : this.#sql.attachments.all(row.row).map(toAttachment)
    if (attachments.length !== row.attachments) throw new VaultError("INTEGRITY_FAILED", "an attachment is missing")
    return toVersion(row, attachments)
  }

  #insertVersion(row: number, version: KeyVersion): void {
    this.#sql.insertVersion.run(...versionColumns(version), row, version.version)
    this.#insertAttachments(row, version)
  }

  #insertAttachments(row: number, { version, attachments }: KeyVersion): void {
    for (const [position, { kind, fingerprint, content }] of attachments.entries()) {
      this.#sql.insertAttachment.run(position, kind, fingerprint, content, row, version)
    }
  }

  #updateVersions(row: number, before: Key, after: Key): void {
    for (const version of after.versions) {
      const old = before.versions.find((each) => each.version === version.version)
      if (old === undefined) this.#insertVersion(row, version)
      else if (old !== version) this.#updateVersion(row, old, version)
    }
  }

  #updateVersion(row: number, before: KeyVersion, after: KeyVersion): void {
    this.#sql.updateVersion.run(...versionColumns(after), row, after.version)
    if (before.attachments === after.attachments) return
    this.#sql.deleteAttachments.run(row, after.version)
    this.#insertAttachments(row, after)
  }

  #updateTags(row: number, before: Key, after: Key): void {
    for (const tag of before.tags.filter((each) => !after.tags.includes(each))) this.#sql.deleteTag.run(row, tag)
    for (const tag of after.tags.filter((each) => !before.tags.includes(each))) this.#sql.insertTag.run(row, tag)
  }

  #updateRelations(row: number, before: Key, after: Key): void {
    for (const relation of missingIn(after.relations, before.relations)) {
      this.#sql.deleteRelation.run(row, relation.kind, relation.otherId)
    }
    for (const relation of missingIn(before.relations, after.relations)) {
      this.#sql.insertRelation.run(row, relation.kind, relation.otherId)
    }
  }
}

function missingIn(these: readonly Relation[], those: readonly Relation[]): Relation[] {
  return those.filter((that) => !these.some(({ kind, otherId }) => kind === that.kind && otherId === that.otherId))
}

/** @throws `ALREADY_EXISTS` where SQLite finds the name taken */
function uniquely<Result>(name: string, write: () => Result): Result {
  try {
    return write()
  } catch (error) {
    if (hasErrorCode(error, "SQLITE_CONSTRAINT_UNIQUE")) {
      throw new VaultError("ALREADY_EXISTS", `a key named ${name}`)
    }
    throw error
  }
}
