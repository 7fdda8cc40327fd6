import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A folder of its own for SoftHSM's tokens. @returns what the app's environment needs to find it */
export function softTokens(): { readonly SOFTHSM2_CONF: string } {
  const folder = mkdtempSync(join(tmpdir(), "claviger-tokens-"))
  const file = join(folder, "softhsm2.conf")
  mkdirSync(join(folder, "tokens"))
  writeFileSync(
    file,
    `directories.tokendir = ${join(folder, "tokens")}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  )
  return { SOFTHSM2_CONF: file }
}
