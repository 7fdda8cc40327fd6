import { writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { exportPublic } from "../../main/crypto/formats/export-public-key.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { passphrase, sampleKey } from "../formats/sample-keys.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { isThere, run } from "./program.ts"

const secret = "correct horse"

test.skipIf(!isThere("certtool")).for(["rsa-2048", "ec-p256", "ec-p384", "ec-p521", "ed25519"] as const)(
  "%s: certtool finds our public key in our PKCS#8, plain and encrypted",
  async (algorithm) => {
    using folder = temporaryFolder()
    using material = await sampleKey(algorithm)
    const key = { algorithm, material, comment: null } as const
    const publicKey = exportPublic({ ...key, publicKey: publicKeyOf(material.bytes) }, "spki-pem")
    using owned = passphrase(secret)
    for (const [format, under, options] of [
      ["pkcs8-pem", null, []],
      ["pkcs8-encrypted", owned, ["--password", secret]],
    ] as const) {
      using file = await exportPrivate(key, format, under)
      writeFileSync(folder.file("key"), file.bytes, { mode: 0o600 })
      const found = run("certtool", ["--pubkey-info", "--load-privkey", folder.file("key"), ...options]).toString()
      expect(found).toContain(Buffer.from(publicKey).toString().trim())
    }
  },
)
