import { createHash } from "node:crypto"
import { setImmediate } from "node:timers/promises"
import { Secret } from "../../../domain/secret.ts"
import { argon2id } from "../../argon2id.ts"
import { concatenated } from "../concatenated.ts"
import type { PacketReader } from "./packet-reader.ts"

type HashName = "sha1" | "sha224" | "sha256" | "sha384" | "sha512" | "sha3-256" | "sha3-512"

/** How a passphrase becomes a key (RFC 9580, section 3.7). */
export type StringToKey =
  | {
      readonly kind: "hashed"
      readonly hash: HashName
      readonly salt: Uint8Array
      /** how many octets of salt and passphrase, repeated, are hashed; 0: once through */
      readonly octets: number
    }
  | {
      readonly kind: "argon2"
      readonly salt: Uint8Array
      readonly passes: number
      readonly lanes: number
      readonly memoryKiB: number
    }
  /** GnuPG's extension: there is no secret in the file, but a note where it is */
  | { readonly kind: "absent"; readonly isOnCard: boolean }

/** Specifiers by their number (3.7.1), and GnuPG's. */
const specifier = { simple: 0, salted: 1, iterated: 3, argon2: 4, gnu: 101 } as const

/** Hashes by their number (9.5). Not MD5 and RIPEMD-160: no program has chosen them for keys of version 4 by itself. */
const hashes: ReadonlyMap<number, HashName> = new Map<number, HashName>([
  [2, "sha1"],
  [8, "sha256"],
  [9, "sha384"],
  [10, "sha512"],
  [11, "sha224"],
  [12, "sha3-256"],
  [14, "sha3-512"],
])

/** RFC 9580 lets a file ask for 2 TiB. */
const maximumArgon2MemoryKiB = 256 * 1024

/** Passes through memory, in KiB: twice through the most memory, a second or two of one core. */
const maximumArgon2Work = 2 * maximumArgon2MemoryKiB
const saltLength = 8
const argon2SaltLength = 16

/** As much as is hashed before other work gets its turn: some 10 ms. */
const sliceLength = 8 * 1024 * 1024
const repeatedLength = 64 * 1024

/**
 * Reads a specifier (3.7.1). Costs are bounded here, before any work: of hashing, 65,011,712 octets are the most that can be asked for.
 *
 * @throws INVALID_INPUT for another specifier or hash, or costs beyond the bounds
 */
export function readStringToKey(reader: PacketReader): StringToKey {
  const kind = reader.octet()
  if (kind === specifier.argon2) return readArgon2(reader)
  const hash = reader.octet()
  if (kind === specifier.gnu) return readGnu(reader)
  const name = hashes.get(hash)
  if (name === undefined) throw reader.invalid("the hash of the passphrase is not supported")
  switch (kind) {
    case specifier.simple:
      return { kind: "hashed", hash: name, salt: new Uint8Array(), octets: 0 }
    case specifier.salted:
      return { kind: "hashed", hash: name, salt: reader.bytes(saltLength), octets: 0 }
    case specifier.iterated:
      return { kind: "hashed", hash: name, salt: reader.bytes(saltLength), octets: octetsOf(reader.octet()) }
    default:
      throw reader.invalid("the key derivation is not supported")
  }
}

/** The count of 3.7.1.3: four bits of mantissa, four of exponent. */
function octetsOf(coded: number): number {
  return (16 + (coded & 15)) << ((coded >> 4) + 6)
}

function readArgon2(reader: PacketReader): StringToKey {
  const salt = reader.bytes(argon2SaltLength)
  const [passes, lanes, exponent] = [reader.octet(), reader.octet(), reader.octet()]
  const memoryKiB = 2 ** exponent
  if (passes < 1 || lanes < 1 || memoryKiB < 8 * lanes) throw reader.invalid("the parameters of Argon2")
  if (memoryKiB > maximumArgon2MemoryKiB || memoryKiB * passes > maximumArgon2Work) {
    throw reader.invalid("Argon2 asks for more than 256 MiB or too much time")
  }
  return { kind: "argon2", salt, passes, lanes, memoryKiB }
}

function readGnu(reader: PacketReader): StringToKey {
  const isGnu = Buffer.compare(reader.bytes(3), Buffer.from("GNU")) === 0
  const mode = reader.octet()
  if (!isGnu || (mode !== 1 && mode !== 2)) throw reader.invalid("the key derivation is not supported")
  return { kind: "absent", isOnCard: mode === 2 }
}

/** The key of `length` bytes that a passphrase gives. */
export async function keyOfPassphrase(
  derivation: Exclude<StringToKey, { kind: "absent" }>,
  passphrase: Uint8Array,
  length: number,
): Promise<Secret> {
  if (derivation.kind === "hashed") return await hashedKeyOf(derivation, passphrase, length)
  using owned = Secret.copyOf(passphrase)
  return await argon2id(owned, derivation, length)
}

/** Hashes until there is enough: each hash after the first starts with one more octet of zero (3.7.1.1). */
async function hashedKeyOf(
  { hash, salt, octets }: Extract<StringToKey, { kind: "hashed" }>,
  passphrase: Uint8Array,
  length: number,
): Promise<Secret> {
  using once = new Secret(concatenated([salt, passphrase]))
  using repeated = repeatedTo(once.bytes, Math.min(Math.max(octets, once.bytes.length), repeatedLength))
  const key = Secret.ofSize(length)
  for (let filled = 0, zeros = 0; filled < length; zeros += 1) {
    const state = createHash(hash).update(new Uint8Array(zeros))
    let left = Math.max(octets, once.bytes.length)
    let untilPause = sliceLength
    while (left > 0) {
      const part = repeated.bytes.subarray(0, left)
      state.update(part)
      left -= part.length
      untilPause -= part.length
      if (untilPause > 0) continue
      await setImmediate()
      untilPause = sliceLength
    }
    using digest = new Secret(state.digest())
    const used = digest.bytes.subarray(0, length - filled)
    key.bytes.set(used, filled)
    filled += used.length
  }
  return key
}

/** The same bytes over and over, as many whole times as fit `length`, and at least once. */
function repeatedTo(bytes: Uint8Array, length: number): Secret {
  const times = bytes.length === 0 ? 1 : Math.max(1, Math.floor(length / bytes.length))
  const repeated = Secret.ofSize(bytes.length * times)
  for (let time = 0; time < times; time += 1) repeated.bytes.set(bytes, time * bytes.length)
  return repeated
}
