import { pbkdf2 } from "node:crypto"
import { promisify } from "node:util"
import { Secret } from "../../domain/secret.ts"
import type { SharedSettings } from "./share.ts"

const stretch = promisify(pbkdf2)
const iterationsPerRound = 2500

type Settings = Pick<SharedSettings, "identifier" | "isExtendable" | "iterationExponent">

/**
 * Encrypts what is to be shared: a Feistel network of four rounds over PBKDF2-HMAC-SHA-256 (SLIP-0039, "Encryption of
 * the master secret"), on threads of their own. There is no wrong passphrase: another one opens to another secret.
 * @param secret - an even number of bytes
 */
export function encryptSecret(secret: Secret, passphrase: Secret, settings: Settings): Promise<Secret> {
  return runRounds(secret, passphrase, settings, [0, 1, 2, 3])
}

/** Reverses `encryptSecret`. With an iteration exponent of 15 this takes minutes; of 1, milliseconds. */
export function decryptSecret(encrypted: Secret, passphrase: Secret, settings: Settings): Promise<Secret> {
  return runRounds(encrypted, passphrase, settings, [3, 2, 1, 0])
}

async function runRounds(
  { bytes }: Secret,
  passphrase: Secret,
  settings: Settings,
  rounds: readonly number[],
): Promise<Secret> {
  const half = bytes.length / 2
  using first = Secret.copyOf(bytes.subarray(0, half))
  using second = Secret.copyOf(bytes.subarray(half))
  let [left, right] = [first.bytes, second.bytes]
  for (const round of rounds) {
    using mask = await maskOf(right, round, passphrase, settings)
    for (const [index, byte] of mask.bytes.entries()) left[index] = (left[index] ?? 0) ^ byte
    ;[left, right] = [right, left]
  }
  const result = Secret.ofSize(bytes.length)
  result.bytes.set(right)
  result.bytes.set(left, half)
  return result
}

async function maskOf(half: Uint8Array, round: number, passphrase: Secret, settings: Settings): Promise<Secret> {
  using password = joined([round], passphrase.bytes)
  using salt = joined(settings.isExtendable ? [] : saltPrefix(settings.identifier), half)
  const iterations = iterationsPerRound * 2 ** settings.iterationExponent
  const output = await stretch(password.bytes, salt.bytes, iterations, half.length, "sha256")
  const mask = Secret.copyOf(output)
  output.fill(0)
  return mask
}

/** Without the extendable flag, the identifier salts the encryption, and a second set of shares would need the same. */
function saltPrefix(identifier: number): readonly number[] {
  return [...new TextEncoder().encode("shamir"), identifier >>> 8, identifier & 0xff]
}

function joined(prefix: readonly number[], bytes: Uint8Array): Secret {
  const whole = Secret.ofSize(prefix.length + bytes.length)
  whole.bytes.set(prefix)
  whole.bytes.set(bytes, prefix.length)
  return whole
}
