import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from "node:crypto"
import { withBareDatabase } from "./bare-inserts.ts"
import { type Cost, costOf } from "./cost.ts"

const schema = `
  CREATE TABLE deks (
    version_row INTEGER PRIMARY KEY, key_id TEXT NOT NULL, version INTEGER NOT NULL, keyring_id TEXT NOT NULL,
    kek_version INTEGER NOT NULL, wrapped BLOB NOT NULL
  ) STRICT;`

interface Row {
  readonly version_row: number
  readonly key_id: string
  readonly wrapped: Buffer
}

/** What it takes alone to unwrap and wrap as many DEKs in a narrow table, with AAD, in one transaction. */
export function rewrapRows(path: string, rows: number): Promise<Cost> {
  return withBareDatabase(path, (db) => {
    db.exec(schema)
    const [from, to] = [newKek(), newKek()]
    const insert = db.prepare(
      "INSERT INTO deks (key_id, version, keyring_id, kek_version, wrapped) VALUES (?, 1, ?, 1, ?)",
    )
    db.transaction(() => {
      for (let row = 0; row < rows; row += 1)
        insert.run(idOf(row), idOf(0), wrap(from, randomBytes(32), aadOf(idOf(row))))
    })()
    const page = db.prepare<[number], Row>(
      "SELECT version_row, key_id, wrapped FROM deks WHERE version_row > ? LIMIT 256",
    )
    const update = db.prepare("UPDATE deks SET wrapped = ?, kek_version = 2 WHERE version_row = ?")
    return costOf(
      db.transaction(() => {
        for (let found = page.all(0); found.length > 0; found = page.all(found.at(-1)?.version_row ?? rows)) {
          for (const { version_row, key_id, wrapped } of found) {
            const aad = aadOf(key_id)
            update.run(wrap(to, unwrap(from, wrapped, aad), aad), version_row)
          }
        }
      }),
    )
  })
}

function newKek(): KeyObject {
  return createSecretKey(randomBytes(32))
}

/** As long as a real one. */
function idOf(row: number): string {
  return `01a213da-cb9e-7246-bcda-${String(row).padStart(12, "0")}`
}

function aadOf(id: string): Buffer {
  return Buffer.from(
    `{"format":"claviger","keyId":"${id}","keyringId":"${id}","use":"dek","v":1,"vaultId":"${id}","version":1}`,
  )
}

function wrap(kek: KeyObject, dek: Buffer, aad: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", kek, nonce).setAAD(aad)
  return Buffer.concat([nonce, cipher.update(dek), cipher.final(), cipher.getAuthTag()])
}

function unwrap(kek: KeyObject, wrapped: Buffer, aad: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", kek, wrapped.subarray(0, 12)).setAAD(aad)
  decipher.setAuthTag(wrapped.subarray(-16))
  return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()])
}
