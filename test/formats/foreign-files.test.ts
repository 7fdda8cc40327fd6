import { generateKeyPairSync } from "node:crypto"
import { expect, test } from "vitest"
import { onlyKeyIn } from "./sample-keys.ts"

const foreign = [
  ["a Java keystore", Buffer.from("feedfeed0000000200000001", "hex"), "keytool -importkeystore"],
  ["a Java keystore of secret keys", Buffer.from("cececece0000000200000001", "hex"), "keytool -importkeystore"],
  ["a key of ssh.com", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: x\n", "puttygen"],
  ["a key of SSH version 1", "SSH PRIVATE KEY FILE FORMAT 1.1\n\0\0", "SSH version 1"],
  [
    "a file of GnuPG's own folder",
    "Created: 20260101T000000\nKey: (protected-private-key (ecc",
    "--export-secret-keys",
  ],
  ["an older one", "(21:protected-private-key(3:ecc", "--export-secret-keys"],
] as const

test.for(foreign)("%s is refused by its name, with what can be done", async ([, file, told]) => {
  await expect(onlyKeyIn(Buffer.from(file))).rejects.toMatchObject({
    code: "INVALID_INPUT",
    detail: expect.stringContaining(told),
  })
})

const unsupported = [
  ["DSA", generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 }).privateKey],
  ["Ed448", generateKeyPairSync("ed448").privateKey],
  ["X448", generateKeyPairSync("x448").privateKey],
  ["brainpoolP256r1", generateKeyPairSync("ec", { namedCurve: "brainpoolP256r1" }).privateKey],
  ["P-224", generateKeyPairSync("ec", { namedCurve: "secp224r1" }).privateKey],
  ["1.3.132.0.16", generateKeyPairSync("ec", { namedCurve: "sect283k1" }).privateKey],
] as const

test.for(unsupported)("a key of %s is refused, and the refusal says what it is", async ([name, key]) => {
  await expect(onlyKeyIn(key.export({ type: "pkcs8", format: "der" }))).rejects.toMatchObject({
    code: "INVALID_INPUT",
    detail: expect.stringMatching(new RegExp(`is not supported: ${name.replaceAll(".", "\\.")}$`)),
  })
})
