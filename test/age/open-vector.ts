import { createHash } from "node:crypto"
import { openAge } from "../../main/crypto/age/age-stream.ts"
import { sourceOf } from "../../main/crypto/age/byte-source.ts"
import { VaultError } from "../../main/domain/vault-error.ts"
import type { AgeVector } from "./age-vector.ts"

/** What the testkit calls an outcome, in our words. */
export const outcomes: Readonly<Record<string, string>> = {
  success: "opened",
  "no match": "null",
  "HMAC failure": "INTEGRITY_FAILED",
  "payload failure": "INTEGRITY_FAILED",
  "header failure": "INVALID_INPUT",
  "armor failure": "INVALID_INPUT",
}

/** Opens a file and hashes what comes out, also what does before it fails. */
export async function openVector({ file, identities }: AgeVector) {
  const hash = createHash("sha256")
  let hasStarted = false
  const outcome = await (async () => {
    try {
      using age = await openAge(sourceOf([file]), identities)
      if (age === null) return "null"
      hasStarted = true
      for await (const chunk of age.plaintext()) hash.update(chunk)
      return "opened"
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      return error.code
    }
  })()
  return { outcome, payload: hasStarted ? hash.digest("hex") : null }
}
