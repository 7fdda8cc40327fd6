import fc from "fast-check"
import { expect, test } from "vitest"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { VaultError } from "../../main/domain/vault-error.ts"
import { processorMs } from "../support/processor-time.ts"
import { damage, damaged } from "./damage.ts"
import { dearmoured, keyOfLibrary, vector } from "./openpgp-files.ts"
import { passphrase } from "./sample-keys.ts"

/** Longest an import may take, whatever the file (T46). */
const limitMs = 5000

const samples = [
  ["version 4, of the older algorithms", await keyOfLibrary({ type: "ed25519Legacy" }), 2000],
  ["version 4, NIST P-256", await keyOfLibrary({ type: "nistP256" }), 1000],
  ["version 4, RSA", await keyOfLibrary({ type: "rsa" }), 200],
  ["version 4, locked", await keyOfLibrary({ passphrase: "x" }), 1000],
  ["version 6", dearmoured(vector("v6-secret")), 2000],
  ["version 6, armoured", vector("v6-secret"), 1000],
  ["version 6, locked", await keyOfLibrary({ passphrase: "x", settings: { v6Keys: true, aeadProtect: true } }), 1000],
] as const

/** The materials found, in hexadecimal; none where a VaultError says why. Anything else thrown fails the test. */
async function materialsIn(file: Uint8Array): Promise<string[]> {
  using secret = passphrase("x")
  const start = processorMs()
  try {
    const { keys } = await importKeys(file, { format: "auto", passphrase: secret })
    return keys.flatMap((key) => ("material" in key ? [Buffer.from(key.material.bytes).toString("hex")] : []))
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    expect(["INVALID_INPUT", "WRONG_PASSPHRASE"]).toContain(error.code)
    return []
  } finally {
    expect(processorMs() - start).toBeLessThan(limitMs)
  }
}

test.for(samples)(
  "%s, damaged: the same keys or an error that says why",
  { timeout: 120_000 },
  async ([, file, runs]) => {
    const whole = await materialsIn(file)
    expect(whole).toHaveLength(2)
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
        for (const material of await materialsIn(damages.reduce(damaged, file))) expect(whole).toContain(material)
      }),
      { numRuns: runs },
    )
  },
)
