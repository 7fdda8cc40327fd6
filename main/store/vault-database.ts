import { Buffer } from "node:buffer"
import { closeSync, openSync, statSync } from "node:fs"
import { createRequire } from "node:module"
import type Database from "better-sqlite3-multiple-ciphers"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { hasErrorCode } from "../files/system-error.ts"

export type VaultDb = Database.Database

/** SQLite comes with the first connection: a program that makes none, such as `vault info`, starts sooner. */
function connect(path: string): VaultDb {
  const Connection: typeof Database = createRequire(import.meta.url)("better-sqlite3-multiple-ciphers")
  return new Connection(path, { timeout: 0 })
}

const pageBytes = 4096

/** Every setting a connection must have, as it reads back (vault-format.md, "On disk"). */
const settings: readonly (readonly [pragma: string, value: string, readBack: string | number])[] = [
  ["temp_store", "MEMORY", 2],
  // KiB: the inventory of 100,000 keys. A page that is read again must be decrypted again.
  ["cache_size", "-65536", -65536],
  ["locking_mode", "EXCLUSIVE", "exclusive"],
  ["journal_mode", "WAL", "wal"],
  ["synchronous", "FULL", 2],
  ["secure_delete", "ON", 1],
  ["foreign_keys", "ON", 1],
  ["trusted_schema", "OFF", 0],
  ["cell_size_check", "ON", 1],
  ["mmap_size", "0", 0],
  // macOS keeps what is only fsync'ed in the drive's cache; elsewhere these two change nothing.
  ["fullfsync", "ON", 1],
  ["checkpoint_fullfsync", "ON", 1],
]

/**
 * Opens the encrypted file, or gives `null` when the key is not the file's key. Every connection is made here.
 * @param key - 32 bytes
 * @throws `VAULT_BUSY`, `VAULT_CORRUPT`
 */
export function openVaultDatabase(path: string, key: Secret): VaultDb | null {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) throw new VaultError("VAULT_CORRUPT", "inventory.db is missing")
  // SQLite takes so short a file for a new database, and would write to it.
  if (stats.size < pageBytes) throw new VaultError("VAULT_CORRUPT", "inventory.db is cut off")
  return openWithSettings(path, key)
}

function openWithSettings(path: string, key: Secret): VaultDb | null {
  const db = connect(path)
  try {
    setPageKey(db, key)
    // Before the first read: a connection that is exclusive from the start needs no shared memory file.
    db.pragma("locking_mode = EXCLUSIVE")
    if (!isReadable(db)) {
      db.close()
      return null
    }
    applySettings(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Creates the file, mode 0600 from its first byte on. */
export function createVaultDatabase(path: string, key: Secret): VaultDb {
  closeSync(openSync(path, "wx", 0o600))
  const db = openWithSettings(path, key)
  if (db === null) throw new Error("a new database takes any key")
  return db
}

/** Encrypts the whole file anew; atomic, also when it is killed half-way. Takes the key over as bytes only. */
export function rekeyDatabase(db: VaultDb, key: Secret): void {
  using raw = rawKey(key)
  db.rekey(Buffer.from(raw.bytes.buffer))
}

/** `raw:` hands our 32 bytes to the cipher as they are; without it they would be stretched as a passphrase. */
function rawKey(key: Secret): Secret {
  const raw = Secret.ofSize(4 + key.bytes.length)
  raw.bytes.set([0x72, 0x61, 0x77, 0x3a])
  raw.bytes.set(key.bytes, 4)
  return raw
}

function setPageKey(db: VaultDb, key: Secret): void {
  db.pragma("cipher = 'sqlcipher'")
  db.pragma("legacy = 4")
  using raw = rawKey(key)
  db.key(Buffer.from(raw.bytes.buffer))
}

/** SQLite meets the key only on the first read: a wrong one makes the file look like no database. */
function isReadable(db: VaultDb): boolean {
  try {
    db.prepare("SELECT count(*) FROM sqlite_schema").get()
    return true
  } catch (error) {
    if (hasErrorCode(error, "SQLITE_NOTADB")) return false
    throw error
  }
}

/** A build's default or a re-opened WAL file can differ from what was asked for, so each one is read back. */
function applySettings(db: VaultDb): void {
  for (const [pragma, value] of settings) db.pragma(`${pragma} = ${value}`)
  db.prepare("SELECT count(*) FROM sqlite_schema").get()
  requireSettings(db)
}

/** @throws Error naming the setting that did not hold */
export function requireSettings(db: VaultDb): void {
  for (const [pragma, , expected] of settings) {
    const actual: unknown = db.pragma(pragma, { simple: true })
    // With `mmap_size` 0 SQLite answers nothing at all where memory mapping is compiled out.
    if (actual !== expected && !(pragma === "mmap_size" && actual === undefined)) {
      throw new Error(`the database setting ${pragma} does not hold`)
    }
  }
}
