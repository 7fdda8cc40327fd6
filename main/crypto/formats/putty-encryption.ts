import { createDecipheriv, createHmac, hash } from "node:crypto"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { type Argon2Kind, argon2 } from "../argon2id.ts"
import { equalBytes } from "../constant-time.ts"
import { concatenated } from "./concatenated.ts"
import { sshString } from "./ssh-wire.ts"
import { transformed } from "./transformed.ts"

/** AES-256-CBC, in bytes. */
const keyLength = 32
const ivLength = 16
const blockLength = 16
const macKeyLength = 32

/** PuTTY asks for 8 MiB; more than 256 is no key file. */
const maximumMemoryKiB = 262_144

/** Memory times passes, in KiB: some seconds of one core. PuTTY takes as many passes as fit in 100 ms. */
const maximumWorkKiB = 4_194_304
const maximumLanes = 16
const saltLengths = { least: 8, most: 64 }

const nothing = new Uint8Array()

/** How version 3 makes keys of a passphrase (PuTTY's manual, appendix C). */
export interface PuttyDerivation {
  readonly kind: Argon2Kind
  readonly memoryKiB: number
  readonly passes: number
  readonly lanes: number
  readonly salt: Uint8Array
}

/** The keys to decrypt with and to check the MAC with. */
export interface PuttyKeys {
  readonly hash: "sha1" | "sha256"
  readonly cipherKey: Uint8Array
  readonly iv: Uint8Array
  readonly macKey: Uint8Array
}

/** @throws INVALID_INPUT for costs beyond the bounds, before any work */
export function requireBounded({ memoryKiB, passes, lanes, salt }: PuttyDerivation): void {
  const isBounded =
    lanes >= 1 &&
    lanes <= maximumLanes &&
    memoryKiB >= 8 * lanes &&
    memoryKiB <= maximumMemoryKiB &&
    passes >= 1 &&
    memoryKiB * passes <= maximumWorkKiB
  if (!isBounded) throw new VaultError("INVALID_INPUT", "PuTTY key: Argon2 asks for more than 256 MiB or too much time")
  if (salt.length < saltLengths.least || salt.length > saltLengths.most) {
    throw new VaultError("INVALID_INPUT", "PuTTY key: the salt")
  }
}

/**
 * The keys of a file.
 *
 * @param version - 3, or 2, whose one round of SHA-1 costs whoever guesses next to nothing
 * @param derivation - of version 3; null for version 2, and where nothing is encrypted
 * @param passphrase - null where nothing is encrypted
 */
export async function puttyKeys(
  version: 2 | 3,
  derivation: PuttyDerivation | null,
  passphrase: Uint8Array | null,
  owned: DisposableStack,
): Promise<PuttyKeys> {
  if (version === 2) return keysOfVersion2(passphrase ?? nothing, owned)
  if (derivation === null || passphrase === null) {
    return { hash: "sha256", cipherKey: nothing, iv: nothing, macKey: nothing }
  }
  const { kind, ...parameters } = derivation
  using secret = Secret.copyOf(passphrase)
  const { bytes } = owned.use(await argon2(kind, secret, parameters, keyLength + ivLength + macKeyLength))
  return {
    hash: "sha256",
    cipherKey: bytes.subarray(0, keyLength),
    iv: bytes.subarray(keyLength, keyLength + ivLength),
    macKey: bytes.subarray(keyLength + ivLength),
  }
}

function keysOfVersion2(passphrase: Uint8Array, owned: DisposableStack): PuttyKeys {
  using first = sha1(Uint8Array.of(0, 0, 0, 0), passphrase)
  using second = sha1(Uint8Array.of(0, 0, 0, 1), passphrase)
  const { bytes } = owned.use(new Secret(concatenated([first.bytes, second.bytes])))
  const macKey = owned.use(sha1(Buffer.from("putty-private-key-file-mac-key"), passphrase)).bytes
  return { hash: "sha1", cipherKey: bytes.subarray(0, keyLength), iv: new Uint8Array(ivLength), macKey }
}

function sha1(...parts: readonly Uint8Array[]): Secret {
  using input = new Secret(concatenated(parts))
  return new Secret(hash("sha1", input.bytes, "buffer"))
}

/** @throws INVALID_INPUT when the section is no whole number of blocks */
export function decryptPutty({ cipherKey, iv }: PuttyKeys, section: Uint8Array): Secret {
  if (section.length % blockLength !== 0) {
    throw new VaultError("INVALID_INPUT", "PuTTY key: the private section is no whole number of blocks")
  }
  return transformed(createDecipheriv("aes-256-cbc", cipherKey, iv).setAutoPadding(false), section)
}

/** Whether the MAC is that of these fields, each with its length before it. */
export function hasPuttyMac(
  { hash: hashName, macKey }: PuttyKeys,
  fields: readonly Uint8Array[],
  mac: Uint8Array,
): boolean {
  const hmac = createHmac(hashName, macKey)
  for (const part of fields.flatMap((field) => sshString(field))) hmac.update(part)
  return equalBytes(hmac.digest(), mac)
}
