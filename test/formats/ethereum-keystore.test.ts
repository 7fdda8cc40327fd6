import { expect, test } from "vitest"
import { z } from "zod"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { Secret } from "../../main/domain/secret.ts"
import { readVectors, utf8 } from "../crypto/wallets/read-vectors.ts"

const vectors = readVectors(
  "other-chains/keystore-v3.json",
  z.record(z.string(), z.object({ json: z.looseObject({}), password: z.string(), priv: z.string() })),
)

const secretOf = (text: string) => new Secret(new Uint8Array(Buffer.from(text)))

test.for(Object.entries(vectors))("%s comes in as the key of secp256k1 that it holds", async ([, vector]) => {
  using passphrase = secretOf(vector.password)
  const file = utf8(JSON.stringify(vector.json))
  const { format, keys } = await importKeys(file, { format: "auto", passphrase })
  expect(format).toBe("keystore-v3")
  const [key] = keys
  if (key === undefined || "refusal" in key) throw new Error("no key")
  expect(key.algorithm).toBe("ec-secp256k1")
  expect(Buffer.from(key.material.bytes).toString("hex")).toContain(vector.priv)
})

test("a keystore asks for its passphrase, and says when it is another", async () => {
  const [vector] = Object.values(vectors)
  const file = utf8(JSON.stringify(vector?.json))
  await expect(importKeys(file, { format: "auto", passphrase: null })).rejects.toMatchObject({ code: "INVALID_INPUT" })
  using wrong = secretOf("another")
  await expect(importKeys(file, { format: "auto", passphrase: wrong })).rejects.toMatchObject({
    code: "WRONG_PASSPHRASE",
  })
})
