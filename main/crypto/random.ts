import { randomFillSync } from "node:crypto"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"

let isTested = false

const poolSize = 1024
const largestFromPool = 64
let pool = new Uint8Array(0)

/**
 * The only source of randomness: the operating system's, through OpenSSL (BoringSSL in Electron).
 * @param size - in bytes
 * @returns a fresh array of its own, never a slice of Node's shared pool: whoever wipes it wipes all of it
 * @throws `INTERNAL` when the generator fails, or fails the test made on first use
 */
export function randomBytes(size: number): Uint8Array<ArrayBuffer> {
  if (!isTested) {
    if (!areHealthy(draw(32), draw(32))) throw new VaultError("INTERNAL", "random number generator")
    isTested = true
  }
  return draw(size)
}

/**
 * Random bytes with an owner, for keys.
 * @param size - in bytes
 * @throws `INTERNAL` as `randomBytes`
 */
export function randomSecret(size: number): Secret {
  return size > largestFromPool ? new Secret(randomBytes(size)) : fromPool(size)
}

/**
 * A draw costs the same for one key as for thirty, so a few are drawn ahead. What is handed out is wiped here; what still
 * waits says no more of later keys than the state of OpenSSL's generator, which lies in the same memory.
 */
function fromPool(size: number): Secret {
  if (pool.length < size) pool = randomBytes(poolSize)
  const drawn = pool.subarray(0, size)
  pool = pool.subarray(size)
  const secret = Secret.copyOf(drawn)
  drawn.fill(0)
  return secret
}

function draw(size: number): Uint8Array<ArrayBuffer> {
  // Not by its length: see `Secret.ofSize`.
  const bytes = new Uint8Array(new ArrayBuffer(size))
  try {
    return randomFillSync(bytes)
  } catch (cause) {
    throw new VaultError("INTERNAL", "random number generator", { cause })
  }
}

/** Finds a generator that is stuck, not one that is weak: in a healthy one this fails once in 2^247 starts. */
function areHealthy(first: Uint8Array, second: Uint8Array): boolean {
  const isStuck = [first, second].some((bytes) => bytes.every((byte) => byte === bytes[0]))
  return !isStuck && first.some((byte, index) => byte !== second[index])
}
