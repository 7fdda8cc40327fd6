import type { VaultError } from "../../../domain/vault-error.ts"
import type { KeyPacket } from "./key-packet.ts"
import { PacketReader } from "./packet-reader.ts"
import { readStringToKey, type StringToKey } from "./string-to-key.ts"

/** A cipher by node:crypto's name; lengths in bytes. */
export interface CfbCipher {
  readonly name: string
  readonly keyLength: number
  readonly ivLength: number
}

type AesBits = 128 | 192 | 256

/** A cipher and its mode, by node:crypto's name and by their numbers. */
export type AeadCipher = (
  | { readonly mode: "ocb"; readonly name: `aes-${AesBits}-ocb` }
  | { readonly mode: "gcm"; readonly name: `aes-${AesBits}-gcm` }
) & {
  readonly cipherNumber: number
  readonly modeNumber: number
  readonly keyLength: number
  readonly nonceLength: number
}

type KeyDerivation = Exclude<StringToKey, { kind: "absent" }>

/** How fields are encrypted in CFB mode. */
export interface CfbProtection {
  readonly kind: "cfb"
  readonly cipher: CfbCipher
  readonly derivation: KeyDerivation
  readonly iv: Uint8Array
  /** what follows the fields inside, and tells a right passphrase from a wrong one */
  readonly check: "sha1" | "sum"
}

/** How fields are encrypted so that they, and the public part with them, are authenticated. */
export interface AeadProtection {
  readonly kind: "aead"
  readonly cipher: AeadCipher
  readonly derivation: KeyDerivation
  readonly nonce: Uint8Array
}

interface Absent {
  readonly kind: "absent"
  readonly reason: string
}

/** The secret part of a key packet (RFC 9580, 5.5.3), before any work. */
export type SecretPart =
  | Absent
  | { readonly kind: "open"; readonly fields: Uint8Array }
  | { readonly kind: "encrypted"; readonly protection: CfbProtection | AeadProtection; readonly content: Uint8Array }

/** What the first octet says (3.7.2.1). Any other number is a cipher, under a hash without salt. */
export const secretUsage = { open: 0, aead: 253, cfbWithHash: 254, cfbWithSum: 255 } as const

/** Ciphers by their number (9.3), those that node:crypto has without OpenSSL's legacy provider. */
const cfbCiphers: ReadonlyMap<number, CfbCipher> = new Map([
  [2, { name: "des-ede3-cfb", keyLength: 24, ivLength: 8 }],
  [7, { name: "aes-128-cfb", keyLength: 16, ivLength: 16 }],
  [8, { name: "aes-192-cfb", keyLength: 24, ivLength: 16 }],
  [9, { name: "aes-256-cfb", keyLength: 32, ivLength: 16 }],
  [11, { name: "camellia-128-cfb", keyLength: 16, ivLength: 16 }],
  [12, { name: "camellia-192-cfb", keyLength: 24, ivLength: 16 }],
  [13, { name: "camellia-256-cfb", keyLength: 32, ivLength: 16 }],
])

/** OCB and GCM with AES (9.6). Of EAX no program is known that chooses it for keys. */
const aeadCiphers: readonly AeadCipher[] = [
  ocb(128, 7),
  ocb(192, 8),
  ocb(256, 9),
  gcm(128, 7),
  gcm(192, 8),
  gcm(256, 9),
]

function ocb(bits: AesBits, cipherNumber: number): AeadCipher {
  return { mode: "ocb", name: `aes-${bits}-ocb`, cipherNumber, modeNumber: 2, keyLength: bits / 8, nonceLength: 15 }
}

function gcm(bits: AesBits, cipherNumber: number): AeadCipher {
  return { mode: "gcm", name: `aes-${bits}-gcm`, cipherNumber, modeNumber: 3, keyLength: bits / 8, nonceLength: 12 }
}

/** The sum of the octets of an open secret part of version 4. */
const sumLength = 2

/**
 * Reads how a secret part is protected. Costs are bounded here, before any work.
 *
 * @throws INVALID_INPUT when it is broken, or protected in a way that is not supported
 */
export function readSecretPart(key: KeyPacket, secretPart: Uint8Array): SecretPart {
  const reader = new PacketReader(secretPart, "OpenPGP key")
  const usage = reader.octet()
  if (usage === secretUsage.open) return readOpen(key, reader)
  if (usage < secretUsage.aead) throw outdated(reader)
  // Version 6 counts the octets of what follows, up to the encrypted fields (5.5.3).
  const parameters = key.version === 6 ? new PacketReader(reader.counted(), "OpenPGP key") : reader
  const protection = usage === secretUsage.aead ? readAead(key, parameters) : readCfb(key, parameters, usage)
  if (protection.kind === "absent") return protection
  if (key.version === 6) parameters.end()
  return { kind: "encrypted", protection, content: reader.rest }
}

function readCfb(key: KeyPacket, reader: PacketReader, usage: number): CfbProtection | Absent {
  const cipher = cfbCiphers.get(reader.octet())
  const derivation = readDerivation(key, reader)
  if (derivation.kind === "absent") return { kind: "absent", reason: reasonOf(derivation.isOnCard) }
  if (cipher === undefined) throw outdated(reader)
  if (derivation.kind === "argon2") throw reader.invalid("Argon2 without authenticated encryption")
  const check = usage === secretUsage.cfbWithHash ? "sha1" : "sum"
  if (check === "sum" && key.version === 6) throw reader.invalid("a sum instead of a hash")
  return { kind: "cfb", cipher, derivation, iv: reader.bytes(cipher.ivLength), check }
}

function readAead(key: KeyPacket, reader: PacketReader): AeadProtection | Absent {
  const [cipherNumber, modeNumber] = [reader.octet(), reader.octet()]
  const derivation = readDerivation(key, reader)
  if (derivation.kind === "absent") return { kind: "absent", reason: reasonOf(derivation.isOnCard) }
  const cipher = aeadCiphers.find((each) => each.cipherNumber === cipherNumber && each.modeNumber === modeNumber)
  if (cipher === undefined) throw reader.invalid("its authenticated encryption is not supported")
  return { kind: "aead", cipher, derivation, nonce: reader.bytes(cipher.nonceLength) }
}

/** CAST5 above all, which GnuPG chose up to 2.0. */
function outdated(reader: PacketReader): VaultError {
  return reader.invalid("its cipher is not supported; import it into GnuPG and export it again")
}

function readDerivation({ version }: KeyPacket, reader: PacketReader): StringToKey {
  if (version === 4) return readStringToKey(reader)
  const counted = new PacketReader(reader.counted(), "OpenPGP key")
  const derivation = readStringToKey(counted)
  if (derivation.kind === "absent") return derivation
  counted.end()
  const isUnsalted = derivation.kind === "hashed" && derivation.salt.length === 0
  if (isUnsalted) throw reader.invalid("a passphrase without a salt")
  return derivation
}

function readOpen({ version }: KeyPacket, reader: PacketReader): SecretPart {
  if (version === 6) return { kind: "open", fields: reader.rest }
  const fields = reader.bytes(Math.max(0, reader.rest.length - sumLength))
  if (sumOf(fields) !== reader.uint16()) throw reader.invalid("the sum of the secret part is another")
  return { kind: "open", fields }
}

/** The octets added up, in 16 bits. */
export function sumOf(fields: Uint8Array): number {
  let sum = 0
  for (const octet of fields) sum = (sum + octet) & 0xffff
  return sum
}

function reasonOf(isOnCard: boolean): string {
  return isOnCard
    ? "the secret part is on a smart card, not in the file"
    : "the secret part is not in the file, which has only a stub of it"
}
