import { constants, generateKeyPairSync, publicEncrypt } from "node:crypto"
import { afterEach, beforeEach, expect, test } from "vitest"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

const noon = Date.parse("2026-03-01T12:00:00.000Z")
const day = 24 * 3_600_000

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create({ at: noon })
  await vault.generate("key", { rotateEvery: "90d" })
})

afterEach(() => vault[Symbol.dispose]())

const encrypt = async () => utf8((await vault.ask("key.encrypt", { name: "key", plaintext: utf8("x") })).ciphertext)
const decrypt = (ciphertext: Uint8Array<ArrayBuffer>) =>
  vault.claviger.dispatch("key.decrypt", { name: "key", ciphertext: new Uint8Array(ciphertext) })

test("after a rotation the new version works and the old one decrypts", async () => {
  const old = await encrypt()
  const rotated = await vault.ask("key.rotate", { name: "key", reason: "it is time" })
  expect(rotated.currentVersion).toBe(2)
  expect(rotated.versions.map(({ state }) => state)).toEqual(["deactivated", "active"])
  const fresh = await encrypt()
  expect(await decrypt(old)).toMatchObject({ ok: true, result: { keyVersion: 1 } })
  expect(await decrypt(fresh)).toMatchObject({ ok: true, result: { keyVersion: 2 } })
  const encrypting = { name: "key", plaintext: utf8("x"), version: 1 }
  expect(await vault.refusal("key.encrypt", encrypting)).toMatchObject({ code: "STATE_DENIED" })
})

test("a rotation begins a new period", async () => {
  vault.at = noon + 10 * day
  const { nextRotationAt } = await vault.ask("key.rotate", { name: "key" })
  expect(nextRotationAt).toBe("2026-06-09T12:00:00.000Z")
})

test("the two versions are different keys", async () => {
  const { versions } = await vault.ask("key.rotate", { name: "key" })
  expect(new Set(versions.map(({ kcv }) => kcv)).size).toBe(2)
})

test("with a grace the old version decrypts until then", async () => {
  const old = await encrypt()
  const { versions } = await vault.ask("key.rotate", { name: "key", grace: "7d" })
  expect(versions[0]?.decryptOnlyUntil).toBe("2026-03-08T12:00:00.000Z")
  vault.at = noon + 7 * day - 1
  expect(await decrypt(old)).toMatchObject({ ok: true })
  vault.at = noon + 7 * day
  expect(await decrypt(old)).toMatchObject({ ok: false, error: { code: "STATE_DENIED" } })
})

test("the longest grace is a grace", async () => {
  const old = await encrypt()
  await vault.ask("key.rotate", { name: "key", grace: "99999y" })
  expect(await decrypt(old)).toMatchObject({ ok: true })
})

test("after a trim what the old version made is refused, clearly, and the new version works on", async () => {
  const old = await encrypt()
  await vault.ask("key.rotate", { name: "key" })
  const trimmed = await vault.ask("key.trim", { name: "key", below: 2, confirmed: true })
  expect(trimmed).toMatchObject({ state: "active", currentVersion: 2 })
  expect(trimmed.versions.map(({ state }) => state)).toEqual(["destroyed", "active"])
  expect(await decrypt(old)).toEqual({
    ok: false,
    error: { code: "STATE_DENIED", detail: "version 1 of key is destroyed" },
  })
  expect(await decrypt(await encrypt())).toMatchObject({ ok: true })
})

test("a trim never takes the version that does the work", async () => {
  const trimming = { name: "key", below: 2, confirmed: true }
  expect(await vault.refusal("key.trim", trimming)).toMatchObject({ code: "INVALID_INPUT" })
  await vault.ask("key.rotate", { name: "key" })
  expect(await vault.refusal("key.trim", { ...trimming, below: 3 })).toMatchObject({ code: "INVALID_INPUT" })
})

test("a trim is confirmed, and nothing goes until it is", async () => {
  const old = await encrypt()
  await vault.ask("key.rotate", { name: "key" })
  const trimming = { name: "key", below: 2, confirmed: false }
  expect(await vault.refusal("key.trim", trimming)).toMatchObject({ code: "CONFIRMATION_REQUIRED" })
  expect(await decrypt(old)).toMatchObject({ ok: true })
})

test("version numbers are never used again", async () => {
  await vault.ask("key.rotate", { name: "key" })
  await vault.ask("key.trim", { name: "key", below: 2, confirmed: true })
  expect((await vault.ask("key.rotate", { name: "key" })).versions.map(({ version }) => version)).toEqual([1, 2, 3])
})

test("one old version is destroyed by itself; the current one is not", async () => {
  await vault.ask("key.rotate", { name: "key" })
  const destroying = { name: "key", reason: "leaked", confirmed: true }
  expect(await vault.refusal("key.destroy", { ...destroying, version: 2 })).toMatchObject({ code: "STATE_DENIED" })
  const { certificate } = await vault.ask("key.destroy", { ...destroying, version: 1 })
  expect(certificate.versions.map(({ version }) => version)).toEqual([1])
  expect((await vault.ask("key.show", { name: "key" })).state).toBe("active")
  expect(await vault.refusal("key.destroy", { ...destroying, version: 1 })).toMatchObject({ code: "STATE_DENIED" })
  expect(await vault.refusal("key.destroy", { ...destroying, version: 9 })).toMatchObject({ code: "NOT_FOUND" })
})

test.for(["ed25519", "hmac-sha256"] as const)(
  "%s: after a rotation what the old version made is still good, and the answer says which version that was",
  async (algorithm) => {
    await vault.ask("key.generate", { name: "signer", algorithm })
    const made = await sealOf("signer")
    await vault.ask("key.rotate", { name: "signer" })
    const verifying = { name: "signer", message: utf8("m"), signature: made }
    expect(await vault.ask("key.verify", verifying)).toMatchObject({ valid: true, keyVersion: 1 })
    expect(await vault.ask("key.verify", { ...verifying, version: 2 })).toMatchObject({ valid: false, keyVersion: 2 })
    const other = { ...verifying, message: utf8("n") }
    expect(await vault.ask("key.verify", other)).toMatchObject({ valid: false, keyVersion: 2 })
  },
)

test("after its grace, or destroyed, an old version verifies nothing", async () => {
  await vault.ask("key.generate", { name: "signer", algorithm: "ed25519" })
  const signature = await sealOf("signer")
  await vault.ask("key.rotate", { name: "signer", grace: "7d" })
  const verifying = { name: "signer", message: utf8("m"), signature }
  vault.at = noon + 7 * day
  expect(await vault.ask("key.verify", verifying)).toMatchObject({ valid: false })
  await vault.ask("key.trim", { name: "signer", below: 2, confirmed: true })
  expect(await vault.ask("key.verify", verifying)).toMatchObject({ valid: false, keyVersion: 2 })
})

test("what another program encrypted to the old public key still opens", async () => {
  await vault.ask("key.generate", { name: "box", algorithm: "rsa-2048", purpose: "encryption" })
  const pem = (await vault.ask("key.export", { name: "box", format: "spki-pem", protection: { kind: "public" } }))
    .exported
  const oaep = { key: Buffer.from(pem), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" }
  const ciphertext = new Uint8Array(publicEncrypt(oaep, utf8("hello")))
  await vault.ask("key.rotate", { name: "box" })
  const { plaintext, keyVersion } = await vault.ask("key.decrypt", { name: "box", ciphertext })
  expect([Buffer.from(plaintext).toString(), keyVersion]).toEqual(["hello", 1])
  const refused = await vault.refusal("key.decrypt", { name: "box", ciphertext: new Uint8Array(256) })
  expect(refused.code).toBe("INTEGRITY_FAILED")
})

async function sealOf(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const { algorithm } = await vault.ask("key.show", { name })
  const message = utf8("m")
  if (algorithm === "hmac-sha256") return (await vault.ask("key.mac", { name, message })).mac
  return (await vault.ask("key.sign", { name, message })).signature
}

test("a new version can be brought along; it must be one key of the same algorithm", async () => {
  const material = (file: Uint8Array<ArrayBuffer>) => ({ name: "key", material: { file, format: "raw" as const } })
  await vault.ask("key.rotate", material(new Uint8Array(32).fill(7)))
  const { versions, currentVersion } = await vault.ask("key.show", { name: "key" })
  expect([currentVersion, versions[1]?.kcv]).toEqual([2, "cmac:44d4a7"])
  expect((await vault.refusal("key.rotate", material(new Uint8Array(16)))).code).toBe("INVALID_INPUT")
})

test("a secret that was imported is renewed with what its issuer gave, and read by whoever may", async () => {
  const secret = (text: string) => ({ file: utf8(text), format: "raw" as const })
  await vault.ask("key.import", { name: "token", algorithm: "secret", ...secret("old token") })
  expect((await vault.refusal("key.rotate", { name: "token" })).code).toBe("INVALID_INPUT")
  await vault.ask("key.rotate", { name: "token", material: secret("new token") })
  const protection = { kind: "plaintext", passphrase: passphrase(), confirmed: true } as const
  const { exported } = await vault.ask("key.export", { name: "token", format: "raw", protection })
  expect(Buffer.from(exported).toString()).toBe("new token")
})

test("a version that is brought along is warned about as an imported key is", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 })
  const file = () => utf8(privateKey.export({ type: "pkcs8", format: "pem" }).toString())
  await vault.ask("key.generate", { name: "signer", algorithm: "rsa-2048", purpose: "signature" })
  const weak = "the key is weak: its public exponent is 3, smaller than 65537"
  const first = await vault.ask("key.rotate", { name: "signer", material: { file: file() } })
  expect(first).toMatchObject({ currentVersion: 2, warnings: [weak] })
  const again = await vault.ask("key.rotate", { name: "signer", material: { file: file() } })
  expect(again.warnings).toEqual(["the same key is here already, named signer", weak])
})

test("a version that is made here, or of which nothing bad is known, has no warnings", async () => {
  expect(await vault.ask("key.rotate", { name: "key" })).not.toHaveProperty("warnings")
  const material = { file: new Uint8Array(32).fill(7), format: "raw" } as const
  expect(await vault.ask("key.rotate", { name: "key", material })).not.toHaveProperty("warnings")
})
