import { pbkdf2, type ScryptOptions, scrypt } from "node:crypto"
import { promisify } from "node:util"
import { scryptAsync } from "@noble/hashes/scrypt.js"
import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"

const stretch = promisify(pbkdf2)

/** How a key is made of the passphrase. */
export type KeystoreDerivation =
  | { readonly kdf: "scrypt"; readonly n: number; readonly r: number; readonly p: number; readonly salt: Uint8Array }
  | { readonly kdf: "pbkdf2"; readonly c: number; readonly salt: Uint8Array }

/** Half encrypts, half authenticates. */
export const derivedSize = 32

/** Well under a frame. */
const turnMs = 6

const mostIterations = 10_000_000

/** 128 · N · r bytes: twice what other programs write, N = 2^18 and r = 8. */
const mostScryptMemory = 512 * 1024 * 1024

/** N · r · p: eight times what other programs write, some seconds of one core. */
const mostScryptWork = 2 ** 24

/** @throws INVALID_INPUT for costs that cannot be, or beyond what a file may ask of this machine */
export function requireBoundedCosts(derivation: KeystoreDerivation): void {
  const isFine =
    derivation.kdf === "pbkdf2"
      ? isBetween(derivation.c, 1, mostIterations)
      : isScryptBounded(derivation.n, derivation.r, derivation.p)
  if (!isFine) throw new VaultError("INVALID_INPUT", "keystore: the costs of its key derivation are out of bounds")
}

function isScryptBounded(n: number, r: number, p: number): boolean {
  const isPowerOfTwo = Number.isInteger(Math.log2(n)) && n >= 2
  const arePositive = isBetween(n, 2, 2 ** 31) && isBetween(r, 1, 2 ** 20) && isBetween(p, 1, 2 ** 20)
  return isPowerOfTwo && arePositive && 128 * n * r <= mostScryptMemory && n * r * p <= mostScryptWork
}

function isBetween(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

/** The key that a passphrase makes, on another thread: 32 bytes. */
export async function keystoreKey(passphrase: Uint8Array, derivation: KeystoreDerivation): Promise<Secret> {
  requireBoundedCosts(derivation)
  const output = await derive(passphrase, derivation)
  const key = Secret.copyOf(output)
  output.fill(0)
  return key
}

function derive(passphrase: Uint8Array, derivation: KeystoreDerivation): Promise<Uint8Array> {
  const { salt } = derivation
  if (derivation.kdf === "pbkdf2") return stretch(passphrase, salt, derivation.c, derivedSize, "sha256")
  const { n: N, r, p } = derivation
  const isStandard = Math.log2(N) < 16 * r
  return isStandard ? scryptOf(passphrase, salt, { N, r, p, maxmem }) : slowScrypt(passphrase, salt, N, r, p)
}

/** OpenSSL counts a little more than 128 · N · r; the bounds are ours, above. */
const maxmem = 2 * mostScryptMemory

function scryptOf(passphrase: Uint8Array, salt: Uint8Array, options: ScryptOptions): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, derivedSize, options, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}

/**
 * N below 2^(16 · r) is what RFC 7914, section 6, allows and OpenSSL computes. Ethereum's definition has an example of N = 2^18 with r = 1,
 * and programs in Python write it: @noble/hashes computes that, some seconds, in turns on this thread.
 */
function slowScrypt(passphrase: Uint8Array, salt: Uint8Array, N: number, r: number, p: number): Promise<Uint8Array> {
  return scryptAsync(passphrase, salt, { N, r, p, dkLen: derivedSize, asyncTick: turnMs, maxmem })
}
