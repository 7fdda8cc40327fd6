import fc from "fast-check"
import { expect, test } from "vitest"
import { decrypt, encrypt } from "../../main/crypto/algorithms/encryption.ts"
import { generateMaterial, publicKeyFor } from "../../main/crypto/algorithms/material.ts"
import { chosenMechanism } from "../../main/crypto/algorithms/mechanisms.ts"

const symmetric = ["aes-128", "aes-192", "aes-256", "chacha20-poly1305"] as const
const bytes = fc.uint8Array({ maxLength: 300 })
const noAad = new Uint8Array()

/** The bytes with one bit turned, of the byte `at` a fraction of the way through. */
function flipped(sealed: Uint8Array, at: number, bit: number): Uint8Array {
  const changed = new Uint8Array(sealed)
  const index = Math.floor(at * changed.length)
  changed[index] = (changed[index] ?? 0) ^ (1 << bit)
  return changed
}

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const bit = fc.integer({ min: 0, max: 7 })

test.for(symmetric)("%s: what was encrypted decrypts to itself", async (algorithm) => {
  using key = await generateMaterial(algorithm)
  const mechanism = chosenMechanism(algorithm, "encrypt")
  await fc.assert(
    fc.asyncProperty(bytes, bytes, async (plaintext, aad) => {
      const sealed = await encrypt(algorithm, mechanism, key.bytes, plaintext, aad)
      expect(sealed).toHaveLength(12 + plaintext.length + 16)
      using opened = await decrypt(algorithm, mechanism, key.bytes, sealed, aad)
      expect(opened?.bytes).toEqual(plaintext)
    }),
  )
})

test.for(symmetric)("%s: with any bit turned it does not open", async (algorithm) => {
  using key = await generateMaterial(algorithm)
  const mechanism = chosenMechanism(algorithm, "encrypt")
  await fc.assert(
    fc.asyncProperty(bytes, bytes, place, bit, async (plaintext, aad, at, which) => {
      const sealed = await encrypt(algorithm, mechanism, key.bytes, plaintext, aad)
      expect(await decrypt(algorithm, mechanism, key.bytes, flipped(sealed, at, which), aad)).toBeNull()
    }),
  )
})

test.for(symmetric)("%s: cut anywhere it does not open", async (algorithm) => {
  using key = await generateMaterial(algorithm)
  const mechanism = chosenMechanism(algorithm, "encrypt")
  const sealed = await encrypt(algorithm, mechanism, key.bytes, new Uint8Array(5), noAad)
  for (let length = 0; length < sealed.length; length++) {
    expect(await decrypt(algorithm, mechanism, key.bytes, sealed.subarray(0, length), noAad)).toBeNull()
  }
})

test.for(symmetric)("%s: neither another key nor another AAD opens it", async (algorithm) => {
  using key = await generateMaterial(algorithm)
  using otherKey = await generateMaterial(algorithm)
  const mechanism = chosenMechanism(algorithm, "encrypt")
  const sealed = await encrypt(algorithm, mechanism, key.bytes, Buffer.from("plaintext"), Buffer.from("aad"))
  expect(await decrypt(algorithm, mechanism, otherKey.bytes, sealed, Buffer.from("aad"))).toBeNull()
  expect(await decrypt(algorithm, mechanism, key.bytes, sealed, Buffer.from("aae"))).toBeNull()
})

test.for(symmetric)("%s: the same plaintext never looks the same twice", async (algorithm) => {
  using key = await generateMaterial(algorithm)
  const mechanism = chosenMechanism(algorithm, "encrypt")
  const plaintext = new Uint8Array(32)
  const first = await encrypt(algorithm, mechanism, key.bytes, plaintext, noAad)
  const second = await encrypt(algorithm, mechanism, key.bytes, plaintext, noAad)
  expect(Buffer.compare(first.subarray(0, 12), second.subarray(0, 12))).not.toBe(0)
})

test("a plaintext of several slices decrypts to itself", async () => {
  using key = await generateMaterial("aes-256")
  const plaintext = new Uint8Array(3 * 1024 * 1024 + 17).map((_, index) => index % 251)
  const sealed = await encrypt("aes-256", "aes-gcm", key.bytes, plaintext, noAad)
  using opened = await decrypt("aes-256", "aes-gcm", key.bytes, sealed, noAad)
  expect(Buffer.compare(opened?.bytes ?? noAad, plaintext)).toBe(0)
})

test("AES-GCM of 64 MiB leaves the event loop free", async () => {
  using key = await generateMaterial("aes-256")
  let turns = 0
  const ticking = setInterval(() => turns++, 1)
  await encrypt("aes-256", "aes-gcm", key.bytes, new Uint8Array(64 * 1024 * 1024), noAad)
  clearInterval(ticking)
  expect(turns).toBeGreaterThan(5)
})

test.for([
  ["rsa-2048", "rsa-oaep-sha256", 190],
  ["rsa-2048", "rsa-oaep-sha1", 214],
  ["rsa-3072", "rsa-oaep-sha256", 318],
  ["rsa-4096", "rsa-oaep-sha256", 446],
] as const)(
  "%s, %s: encrypts up to %i bytes and says so when there are more",
  { timeout: 60_000 },
  async ([algorithm, mechanism, limit]) => {
    using material = await generateMaterial(algorithm)
    const publicKey = publicKeyFor(algorithm, material.bytes) ?? noAad
    const longest = new Uint8Array(limit).fill(7)
    const sealed = await encrypt(algorithm, mechanism, publicKey, longest, noAad)
    using opened = await decrypt(algorithm, mechanism, material.bytes, sealed, noAad)
    expect(Buffer.from(opened?.bytes ?? [])).toEqual(Buffer.from(longest))
    const tooLong = encrypt(algorithm, mechanism, publicKey, new Uint8Array(limit + 1), noAad)
    await expect(tooLong).rejects.toMatchObject({
      code: "INVALID_INPUT",
      detail: `plaintext: this key encrypts at most ${limit} bytes`,
    })
  },
)

test("RSA-OAEP: with any bit turned, or cut, it does not open", async () => {
  using material = await generateMaterial("rsa-2048")
  const publicKey = publicKeyFor("rsa-2048", material.bytes) ?? noAad
  const sealed = await encrypt("rsa-2048", "rsa-oaep-sha256", publicKey, Buffer.from("plaintext"), noAad)
  await fc.assert(
    fc.asyncProperty(place, bit, async (at, which) => {
      const changed = flipped(sealed, at, which)
      expect(await decrypt("rsa-2048", "rsa-oaep-sha256", material.bytes, changed, noAad)).toBeNull()
    }),
  )
  expect(await decrypt("rsa-2048", "rsa-oaep-sha256", material.bytes, sealed.subarray(1), noAad)).toBeNull()
  expect(await decrypt("rsa-2048", "rsa-oaep-sha256", material.bytes, noAad, noAad)).toBeNull()
})

test("material that is no RSA key is not taken for a ciphertext that does not open", async () => {
  const decrypting = decrypt("rsa-2048", "rsa-oaep-sha256", new Uint8Array(5), new Uint8Array(256), noAad)
  await expect(decrypting).rejects.toMatchObject({ code: "INVALID_INPUT" })
})

test.for(symmetric)("%s: a key of another size is a bug, not a ciphertext that does not open", async (algorithm) => {
  const mechanism = chosenMechanism(algorithm, "encrypt")
  const opening = decrypt(algorithm, mechanism, new Uint8Array(31), new Uint8Array(60), noAad)
  await expect(opening).rejects.toThrow(RangeError)
})
