import { randomBytes, randomUUID } from "node:crypto"
import { rmSync } from "node:fs"
import { newId } from "../../main/crypto/uuid-v7.ts"
import { Secret } from "../../main/domain/secret.ts"
import { keyStatements } from "../../main/store/key-statements.ts"
import { migrations } from "../../main/store/migrations/index.ts"
import { createVaultDatabase, type VaultDb } from "../../main/store/vault-database.ts"
import { type Cost, costOf } from "./cost.ts"

/** Does something with a new encrypted database, set as a vault's is, and removes it. */
export async function withBareDatabase<Result>(
  path: string,
  work: (db: VaultDb) => Result | Promise<Result>,
): Promise<Result> {
  const db = createVaultDatabase(path, new Secret(new Uint8Array(randomBytes(32))))
  try {
    return await work(db)
  } finally {
    db.close()
    for (const file of [path, `${path}-wal`]) rmSync(file, { force: true })
  }
}

const schema = `
  CREATE TABLE keys (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
    next_rotation_at TEXT NOT NULL, rest BLOB NOT NULL
  ) STRICT;
  CREATE INDEX keys_by_state ON keys (state, name);
  CREATE INDEX keys_by_next_rotation ON keys (next_rotation_at);`

/** What SQLite alone takes over rows of about 1 KiB with four indexes, in one transaction. */
export function insertRows(path: string, rows: number): Promise<Cost> {
  return withBareDatabase(path, (db) => {
    db.exec(schema)
    const insert = db.prepare("INSERT INTO keys (id, name, state, next_rotation_at, rest) VALUES (?, ?, ?, ?, ?)")
    const rest = randomBytes(900)
    const day = 86_400_000
    return costOf(
      db.transaction(() => {
        for (let row = 1; row <= rows; row += 1) {
          const name = `key-${String(row).padStart(6, "0")}`
          insert.run(randomUUID(), name, "active", new Date(((row * 7919) % 20_000) * day).toISOString(), rest)
        }
      }),
    )
  })
}

/** The same over the very rows that a vault writes for as many AES-256 keys: seven for each, in its own tables. */
export function insertKeyRows(path: string, keys: number): Promise<Cost> {
  return withBareDatabase(path, (db) => {
    for (const { up } of migrations) up(db)
    const keyringId = newId(Date.now())
    db.prepare("INSERT INTO keyrings (id, name, created_at, kek_version) VALUES (?, 'personal', '', 1)").run(keyringId)
    const insertKey = keyInserter(db, keyringId)
    return costOf(
      db.transaction(() => {
        for (let row = 1; row <= keys; row += 1) insertKey(row)
      }),
    )
  })
}

function keyInserter(db: VaultDb, keyringId: string): (row: number) => void {
  const sql = keyStatements(db)
  const dek = db.prepare("INSERT INTO deks VALUES (?, ?, 1, ?, 1, ?)")
  const material = db.prepare("INSERT INTO materials VALUES (?, ?)")
  const examined = db.prepare("INSERT INTO examined VALUES (?, ?, NULL)")
  const logged = db.prepare("INSERT INTO audit (seq, body, prev_hash, hash, mac) VALUES (?, ?, ?, ?, ?)")
  const searched = db.prepare(
    "INSERT INTO key_search (rowid, name, owner, environment, tags) VALUES (?, ?, '', '', '')",
  )
  const now = new Date().toISOString()
  const hash = randomBytes(32)
  const sealed = randomBytes(60)
  const digest = hash.toString("base64")
  return (row) => {
    const id = newId(Date.now())
    const name = `key-${String(row).padStart(6, "0")}`
    const general = ["aes-256", "encryption", '["encrypt","decrypt"]', "active", "never", "generated", "vault"]
    sql.insertKey.run(name, keyringId, ...general, null, null, now, null, null, null, null, 1, null, id)
    const destruction = [null, null, null, null, null]
    sql.insertVersion.run("active", now, null, null, "cmac:000000", "vault", null, null, ...destruction, 0, row, 1)
    dek.run(row, id, keyringId, sealed)
    material.run(row, sealed)
    examined.run(row, randomBytes(32))
    const detail = `{"algorithm":"aes-256","generation":${row},"keyId":"${id}","leaves":"${digest}","purpose":"encryption","version":1}`
    const entry = `{"action":"key.generate","actor":"cli:ann","at":"${now}","detail":${detail},"outcome":"done","seq":${row},"target":"${name}"}`
    logged.run(row, entry, hash, hash, hash)
    searched.run(row, name)
  }
}
