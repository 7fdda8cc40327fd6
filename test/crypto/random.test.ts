import { afterEach, expect, test, vi } from "vitest"
import { randomBytes, randomSecret } from "../../main/crypto/random.ts"

afterEach(() => {
  vi.doUnmock("node:crypto")
  vi.resetModules()
})

/** A fresh `random.ts` over a generator that fills as told. */
async function withGenerator(fill: (bytes: Uint8Array) => Uint8Array) {
  vi.resetModules()
  vi.doMock("node:crypto", () => ({ randomFillSync: fill }))
  return await import("../../main/crypto/random.ts")
}

test.for([0, 1, 16, 32, 100_000])("%i bytes asked for are %i bytes, in memory of their own", (size) => {
  const bytes = randomBytes(size)
  expect(bytes.length).toBe(size)
  expect(bytes.byteOffset).toBe(0)
  expect(bytes.buffer.byteLength).toBe(size)
})

test("100,000 draws of 16 bytes are all different", () => {
  const drawn = new Set(Array.from({ length: 100_000 }, () => Buffer.from(randomBytes(16)).toString("latin1")))
  expect(drawn.size).toBe(100_000)
})

test("a secret is wiped when its block ends", () => {
  const drawn = randomSecret(32)
  {
    using secret = drawn
    expect(secret.bytes).not.toEqual(new Uint8Array(32))
  }
  expect(drawn.bytes).toEqual(new Uint8Array(32))
})

test("a generator that leaves zeros is refused, each time", async () => {
  const random = await withGenerator((bytes) => bytes)
  expect(() => random.randomBytes(32)).toThrow("INTERNAL: random number generator")
  expect(() => random.randomSecret(32)).toThrow("INTERNAL: random number generator")
})

test("a generator that repeats itself is refused", async () => {
  const random = await withGenerator((bytes) => {
    bytes.set(bytes.map((_, index) => index))
    return bytes
  })
  expect(() => random.randomBytes(32)).toThrow("INTERNAL: random number generator")
})

test("a generator whose every draw is one byte over and over is refused", async () => {
  let draws = 0
  const random = await withGenerator((bytes) => bytes.fill(++draws))
  expect(() => random.randomBytes(32)).toThrow("INTERNAL: random number generator")
})

test("a generator that fails later on fails the draw", async () => {
  let draws = 0
  const random = await withGenerator((bytes) => {
    if (++draws > 3) throw new Error("getrandom")
    bytes.set(bytes.map((_, index) => index + draws))
    return bytes
  })
  expect(random.randomBytes(4)).toEqual(new Uint8Array([3, 4, 5, 6]))
  expect(() => random.randomBytes(4)).toThrow("INTERNAL: random number generator")
})
