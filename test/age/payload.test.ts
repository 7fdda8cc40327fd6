import { randomBytes } from "node:crypto"
import { expect, test } from "vitest"
import { BufferedSource } from "../../main/crypto/age/buffered-source.ts"
import { sourceOf } from "../../main/crypto/age/byte-source.ts"
import { openPayload, sealPayload } from "../../main/crypto/age/payload-stream.ts"
import { readHeader } from "../../main/crypto/age/read-header.ts"
import { hkdfSha256 } from "../../main/crypto/derive.ts"
import { Secret } from "../../main/domain/secret.ts"
import { VaultError } from "../../main/domain/vault-error.ts"
import { ageVectors } from "./age-vector.ts"
import { decrypted, readAll } from "./read-all.ts"

const key = new Secret(new Uint8Array(32).fill(3))
const chunk = 64 * 1024
const sealedChunk = chunk + 16

function sealed(plaintext: Uint8Array, cutInto = plaintext.length + 1): Promise<Uint8Array> {
  return readAll(sealPayload(key, sourceOf(pieces(plaintext, cutInto)), {}))
}

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

/** What came out, and the code of the error that ended it. */
async function opened(bytes: Uint8Array): Promise<{ out: Uint8Array; code: string | null }> {
  const out: Uint8Array[] = []
  let code: string | null = null
  try {
    for await (const piece of openPayload(key, sourceOf([bytes]), {})) out.push(new Uint8Array(piece))
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    code = error.code
  }
  return { out: new Uint8Array(Buffer.concat(out)), code }
}

test.for([0, 1, chunk - 1, chunk, chunk + 1, 4 * chunk - 1, 4 * chunk, 4 * chunk + 1, 8 * chunk, 700_001])(
  "%i bytes come back, each chunk with a tag of its own",
  async (size) => {
    const plaintext = new Uint8Array(randomBytes(size))
    const bytes = await sealed(plaintext)
    expect(bytes.length).toBe(size + 16 * Math.max(1, Math.ceil(size / chunk)))
    expect(await opened(bytes)).toEqual({ out: plaintext, code: null })
  },
)

test("how the plaintext arrives makes no difference", async () => {
  const plaintext = randomBytes(5 * chunk + 77)
  const whole = await sealed(plaintext)
  for (const size of [1000, chunk - 1, chunk, 3 * chunk]) expect(await sealed(plaintext, size)).toEqual(whole)
})

test("every payload of the testkit is sealed again to the same bytes", async () => {
  const successes = ageVectors.filter(({ expected, isArmored }) => expected === "success" && !isArmored)
  for (const { name, file, fileKey, identities } of successes) {
    const source = new BufferedSource(sourceOf([file]))
    await readHeader(source)
    const [nonce, payload] = [file.subarray(source.consumed, source.consumed + 16), file.subarray(source.consumed + 16)]
    using payloadKey = hkdfSha256(Buffer.from(fileKey ?? "", "hex"), nonce, Buffer.from("payload"), 32)
    const plaintext = (await decrypted(file, identities)) ?? new Uint8Array()
    const again = await readAll(sealPayload(payloadKey, sourceOf([plaintext]), {}))
    expect(Buffer.compare(again, payload), name).toBe(0)
  }
  expect(successes.length).toBeGreaterThan(15)
})

test("a bit that is flipped in any chunk is found there: what came out before is whole chunks, and genuine", async () => {
  const plaintext = new Uint8Array(randomBytes(6 * chunk + 500))
  const bytes = await sealed(plaintext)
  for (const [index, inside] of [
    [0, 0],
    [0, sealedChunk - 1],
    [1, 1000],
    [4, sealedChunk - 17],
    [5, 3],
    [6, 0],
    [6, 515],
  ] as const) {
    const changed = new Uint8Array(bytes)
    const position = index * sealedChunk + inside
    changed[position] = (changed[position] ?? 0) ^ 0x10
    expect(await opened(changed)).toEqual({ out: plaintext.subarray(0, index * chunk), code: "INTEGRITY_FAILED" })
  }
})

test("a payload that is cut off anywhere is found out", async () => {
  const plaintext = new Uint8Array(randomBytes(5 * chunk))
  const bytes = await sealed(plaintext)
  for (const length of [0, 1, 15, 16, 17, sealedChunk - 1, sealedChunk, 4 * sealedChunk, 5 * sealedChunk - 1]) {
    const { out, code } = await opened(bytes.subarray(0, length))
    expect(code, `${length}`).toBe("INTEGRITY_FAILED")
    expect(out).toEqual(plaintext.subarray(0, Math.floor(length / sealedChunk) * chunk))
  }
})

test("chunks that are missing, moved, doubled or added are found out", async () => {
  const plaintext = randomBytes(5 * chunk + 9)
  const bytes = await sealed(plaintext)
  const chunks = [...pieces(bytes, sealedChunk)]
  const [a, b, c, d, e, end] = chunks
  if (!a || !b || !c || !d || !e || !end) throw new Error("too few chunks")
  for (const order of [
    [b, c, d, e, end],
    [a, c, d, e, end],
    [b, a, c, d, e, end],
    [a, b, c, e, d, end],
    [a, a, b, c, d, e, end],
    [a, b, c, d, e],
    [a, b, c, d, e, end, end],
    [a, b, c, d, e, end, a],
    [end],
    [...chunks, Buffer.from("x")],
  ]) {
    expect((await opened(Buffer.concat(order))).code).toBe("INTEGRITY_FAILED")
  }
})

test("another key opens nothing", async () => {
  using other = new Secret(new Uint8Array(32).fill(4))
  const bytes = await sealed(randomBytes(100))
  await expect(readAll(openPayload(other, sourceOf([bytes]), {}))).rejects.toMatchObject({ code: "INTEGRITY_FAILED" })
})

test("plaintext is wiped once more is asked for, and when nobody asks for more", async () => {
  const bytes = await sealed(randomBytes(6 * chunk))
  const seen: Uint8Array[] = []
  for await (const piece of openPayload(key, sourceOf([bytes]), {})) {
    seen.push(piece)
    if (seen.length === 5) break
  }
  // Its memory is given back, wiped.
  expect(seen.map(({ length }) => length)).toEqual([0, 0, 0, 0, 0])
})

test("the work tells how far it is, and ends when it is told to", async () => {
  const plaintext = randomBytes(9 * chunk)
  for (const [work, input] of [
    [sealPayload, plaintext],
    [openPayload, await sealed(plaintext)],
  ] as const) {
    const told: number[] = []
    await readAll(work(key, sourceOf([input]), { onProgress: (bytes) => told.push(bytes) }))
    expect(told).toEqual([4 * chunk, 8 * chunk, 9 * chunk])

    const reason = new Error("enough")
    const stopped = new AbortController()
    const stop = (): void => stopped.abort(reason)
    const course = { onProgress: stop, signal: stopped.signal }
    await expect(readAll(work(key, sourceOf([input]), course))).rejects.toBe(reason)
  }
})

test("other work of the process goes on meanwhile", async () => {
  let turns = 0
  const count = (): void => {
    turns += 1
    pending = setImmediate(count)
  }
  let pending = setImmediate(count)
  await sealed(randomBytes(40 * chunk))
  clearImmediate(pending)
  expect(turns).toBeGreaterThanOrEqual(9)
})

test("a long stream takes no more memory than a short one", async () => {
  const piece = randomBytes(chunk)
  function* source(): Generator<Uint8Array> {
    for (let count = 0; count < 2048; count += 1) yield piece
  }
  const before = process.memoryUsage().arrayBuffers
  let [most, total] = [0, 0]
  for await (const { length } of openPayload(key, sourceOf(sealPayload(key, sourceOf(source()), {})), {})) {
    total += length
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }
  expect(total).toBe(2048 * chunk)
  expect(most).toBeLessThan(100 * 1024 * 1024)
})
