import { expect, test } from "vitest"
import { checkPrivateKey } from "../../main/crypto/formats/check-private-key.ts"
import type { RsaPrivateParts } from "../../main/crypto/formats/key-parts.ts"
import { decodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { magnitudeOf, numberOf } from "../../main/crypto/formats/rsa-numbers.ts"
import { modularInverse } from "../support/modular-inverse.ts"
import { sampleKey } from "./sample-keys.ts"

async function rsaParts(): Promise<RsaPrivateParts> {
  const { parts } = decodePrivateKeyInfo((await sampleKey("rsa-2048")).bytes)
  if (parts.kind !== "rsa") throw new Error("not an RSA key")
  return parts
}

function changed(value: Uint8Array, by: bigint): Uint8Array {
  return magnitudeOf(numberOf(value) + by).bytes
}

/** A key whose numbers all fit, of these factors, prime or not. */
function keyOf(p: bigint, q: bigint, e = 65537n): RsaPrivateParts {
  const d = modularInverse(e, (p - 1n) * (q - 1n))
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: modularInverse(q, p) }
  const magnitude = (name: keyof typeof numbers): Uint8Array => magnitudeOf(numbers[name]).bytes
  return {
    kind: "rsa",
    n: magnitude("n"),
    e: magnitude("e"),
    d: magnitude("d"),
    p: magnitude("p"),
    q: magnitude("q"),
    dp: magnitude("dp"),
    dq: magnitude("dq"),
    qi: magnitude("qi"),
  }
}

test("a sound RSA key passes, with its primes in either order", async () => {
  const parts = await rsaParts()
  expect(await checkPrivateKey(parts)).toMatchObject({ kind: "rsa", n: parts.n, e: parts.e })
  const swapped = keyOf(numberOf(parts.q), numberOf(parts.p))
  expect(await checkPrivateKey(swapped)).toMatchObject({ kind: "rsa", e: parts.e })
})

test.for(["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const)(
  "an RSA key with another %s is refused",
  async (name) => {
    const parts = await rsaParts()
    for (const by of [-2n, -1n, 1n, 2n]) {
      const altered = { ...parts, [name]: changed(parts[name], by) }
      await expect(checkPrivateKey(altered)).rejects.toMatchObject({ code: "INVALID_INPUT" })
    }
  },
)

test.for([1n, 2n, 65536n, 2n ** 256n + 1n])("the public exponent %i is refused", async (e) => {
  const parts = await rsaParts()
  const altered = { ...parts, e: magnitudeOf(e).bytes }
  await expect(checkPrivateKey(altered)).rejects.toThrow(/: e /)
})

test("a key whose numbers all fit but one factor is composite is refused", async () => {
  const parts = await rsaParts()
  const [p, q] = [numberOf(parts.p), numberOf(parts.q)]
  let factor = p + 2n
  while (factor % 3n !== 0n || (factor - 1n) % 65537n === 0n) factor += 2n
  await expect(checkPrivateKey(keyOf(factor, q))).rejects.toThrow("not both prime")
})

test("factors that are close to each other are refused", async () => {
  const parts = await rsaParts()
  const p = numberOf(parts.p)
  let q = p - 2n ** 900n
  while ((q - 1n) % 65537n === 0n) q -= 2n
  await expect(checkPrivateKey(keyOf(p, q))).rejects.toThrow("too close")
})
