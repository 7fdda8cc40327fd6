import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { decodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { keyOfLibrary } from "../formats/openpgp-files.ts"
import { found, passphrase } from "../formats/sample-keys.ts"
import { cannotScan, scanProcess } from "../support/memory-scan.ts"
import { RunningProgram } from "../support/running-program.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"

const text = "a passphrase of the OpenPGP key"

/** The secret numbers of a locked key, by themselves. */
async function secretsIn(file: Uint8Array): Promise<Uint8Array[]> {
  using owned = passphrase(text)
  const { keys } = await importKeys(file, { format: "openpgp", passphrase: owned })
  return found(keys).map(({ material }) => {
    const { parts } = decodePrivateKeyInfo(material.bytes)
    if ("d" in parts) return parts.d
    if ("privateKey" in parts) return parts.privateKey
    throw new Error("OpenPGP has no such key")
  })
}

describe.skipIf(cannotScan !== null)("an import and an export of an OpenPGP key", () => {
  test.for(["ed25519Legacy", "nistP256"] as const)(
    "leave nothing of the passphrase and of the key in memory: %s",
    { timeout: 120_000 },
    async (type) => {
      using folder = temporaryFolder()
      const file = await keyOfLibrary({ type, passphrase: text })
      writeFileSync(folder.file("key"), file)
      writeFileSync(folder.file("passphrase"), text)
      await using program = RunningProgram.start(join(import.meta.dirname, "programs", "import-openpgp.ts"))
      await program.hear()
      program.tell(folder.path)
      expect(await program.hear()).toBe(2)
      const needles = (await secretsIn(file)).map((bytes, index) => ({ name: `secret ${index}`, bytes }))
      expect(await scanProcess(program.pid, [{ name: "passphrase", bytes: Buffer.from(text) }, ...needles])).toEqual([])
    },
  )
})
