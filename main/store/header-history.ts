import { z } from "zod"
import { VaultError } from "../domain/vault-error.ts"
import { toBase64 } from "./base64.ts"
import type { VaultDb } from "./vault-database.ts"
import { readSetting, writeSetting } from "./vault-state.ts"

const History = z.array(z.string())
const setting = "headers"

/** How a header stands to those that the log knows. */
export type HeaderVerdict = "current" | "new" | "older"

/** Remembers a header by its MAC, newest last. */
export function recordHeader(db: VaultDb, mac: Uint8Array): void {
  const text = toBase64(mac)
  writeSetting(db, setting, JSON.stringify([...history(db).filter((each) => each !== text), text]))
}

/** A header that was replaced and is back opens with a passphrase that no longer should. */
export function judgeHeader(db: VaultDb, mac: Uint8Array): HeaderVerdict {
  const known = history(db)
  const text = toBase64(mac)
  if (known.at(-1) === text) return "current"
  return known.includes(text) ? "older" : "new"
}

function history(db: VaultDb): string[] {
  try {
    return History.parse(JSON.parse(readSetting(db, setting) ?? "[]"))
  } catch {
    throw new VaultError("INTEGRITY_FAILED", "the record of the vault's headers")
  }
}
