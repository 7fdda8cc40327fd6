import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { z } from "zod"
import { DerReader } from "../../main/crypto/asn1/der-reader.ts"
import {
  derNull,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
  encodeDer,
} from "../../main/crypto/asn1/der-writer.ts"
import { objectIdentifier } from "../../main/crypto/asn1/object-identifiers.ts"
import { decryptPbes2, readPbes2 } from "../../main/crypto/formats/pbes2.ts"

const hex = z.string().transform((text) => new Uint8Array(Buffer.from(text, "hex")))
const vectors = z.object({
  testGroups: z.array(
    z.object({
      tests: z.array(
        z.object({
          tcId: z.int(),
          password: hex,
          salt: hex,
          iterationCount: z.int(),
          iv: hex,
          msg: hex,
          ct: hex,
          result: z.literal("valid"),
        }),
      ),
    }),
  ),
})

const files = [
  ["pbes2_hmacsha1_aes_128", objectIdentifier.hmacSha1, objectIdentifier.aes128Cbc],
  ["pbes2_hmacsha1_aes_256", objectIdentifier.hmacSha1, objectIdentifier.aes256Cbc],
  ["pbes2_hmacsha256_aes_128", objectIdentifier.hmacSha256, objectIdentifier.aes128Cbc],
  ["pbes2_hmacsha256_aes_256", objectIdentifier.hmacSha256, objectIdentifier.aes256Cbc],
  ["pbes2_hmacsha512_aes_128", objectIdentifier.hmacSha512, objectIdentifier.aes128Cbc],
  ["pbes2_hmacsha512_aes_256", objectIdentifier.hmacSha512, objectIdentifier.aes256Cbc],
] as const

/** PBES2-params as a file has them. */
function parameters(prf: string, cipher: string, salt: Uint8Array, iterations: number, iv: Uint8Array): DerReader {
  const derivation = derSequence(
    derObjectIdentifier(objectIdentifier.pbkdf2),
    derSequence(derOctetString(salt), derSmallInteger(iterations), derSequence(derObjectIdentifier(prf), derNull())),
  )
  const scheme = derSequence(derObjectIdentifier(cipher), derOctetString(iv))
  return DerReader.sequenceOf(encodeDer(derSequence(derivation, scheme)), "PBES2")
}

test.for(files)("%s: every vector of Project Wycheproof decrypts to its message", async ([name, prf, cipher]) => {
  const file = new URL(`../vectors/wycheproof/${name}_test.json`, import.meta.url)
  const { testGroups } = vectors.parse(JSON.parse(readFileSync(file, "utf8")))
  const tests = testGroups.flatMap((group) => group.tests)
  expect(tests.length).toBeGreaterThan(50)
  for (const { password, salt, iterationCount, iv, msg, ct } of tests) {
    const scheme = readPbes2(parameters(prf, cipher, salt, iterationCount, iv))
    using plaintext = await decryptPbes2(scheme, ct, password)
    expect(plaintext?.bytes).toEqual(msg)
  }
})
