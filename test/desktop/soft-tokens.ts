import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

/** What the app's environment needs to find tokens of SoftHSM. */
export type SoftTokens = Readonly<Record<"SOFTHSM2_CONF", string>>

/** A folder of its own for SoftHSM's tokens. */
export function softTokens(): SoftTokens {
  const folder = mkdtempSync(join(tmpdir(), "claviger-tokens-"))
  const tokens = { SOFTHSM2_CONF: join(folder, "softhsm2.conf") }
  useFolder(tokens, "tokens")
  return tokens
}

/** Makes a token with a PIN, as the program of SoftHSM does it. */
export function addSoftToken(tokens: SoftTokens, label: string, pin: string): void {
  const words = ["--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", pin]
  execFileSync("softhsm2-util", words, { env: { ...process.env, ...tokens }, stdio: "pipe" })
}

/** A library that is loaded from now on finds none of them. */
export function pullOut(tokens: SoftTokens): void {
  useFolder(tokens, "empty")
}

/** Also a library that runs already sees them no more. */
export function remove(tokens: SoftTokens): void {
  rmSync(join(dirname(tokens.SOFTHSM2_CONF), "tokens"), { recursive: true })
}

function useFolder({ SOFTHSM2_CONF: file }: SoftTokens, name: string): void {
  const folder = join(dirname(file), name)
  mkdirSync(folder)
  writeFileSync(file, `directories.tokendir = ${folder}\nobjectstore.backend = file\nlog.level = ERROR\n`)
}
