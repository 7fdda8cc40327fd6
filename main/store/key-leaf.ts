import { z } from "zod"
import { canonicalJson } from "../crypto/canonical-json.ts"
import { sha256 } from "../crypto/hmac.ts"
import type { Key } from "../domain/key.ts"
import { toBase64 } from "./base64.ts"
import { keyDigest } from "./key-digest.ts"
import type { VaultDb } from "./vault-database.ts"

const Rows = z.array(z.array(z.union([z.string(), z.int()])))

/** All that is registered of a seed, each table in the order of its primary key. */
const registers = [
  `SELECT version, wallet, path, xpub FROM seed_accounts WHERE key_row = (SELECT row FROM keys WHERE id = ?)
   ORDER BY version, wallet, path`,
  `SELECT version, wallet, standard, path, address, shown_at FROM seed_addresses
   WHERE key_row = (SELECT row FROM keys WHERE id = ?) ORDER BY version, wallet, standard, path`,
  `SELECT version, path, created_at FROM seed_children WHERE key_row = (SELECT row FROM keys WHERE id = ?)
   ORDER BY version, path`,
]

/**
 * What the log says that a change, or a use, left of a key: the digest of what the inventory says of it. Of a seed, SHA-256
 * (base64) over that and all that is registered of it: an account that was put there from outside would be one that funds
 * are sent to.
 */
export function leafOf(db: VaultDb, key: Key): string {
  if (key.purpose !== "wallet") return keyDigest(key)
  const registered = registers.map((query) => Rows.parse(db.prepare(query).raw().all(key.id)))
  return toBase64(sha256(canonicalJson([keyDigest(key), ...registered])))
}
