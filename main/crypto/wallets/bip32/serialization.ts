import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { normalisedText } from "../../formats/text-lines.ts"
import { secp256k1 } from "../../secp256k1-curve.ts"
import { decodeBase58Check, encodeBase58Check } from "../base58.ts"
import { ExtendedPrivateKey } from "./extended-private-key.ts"
import { bigEndian, type CurvePoint, ExtendedPublicKey, type TreePlace } from "./extended-public-key.ts"
import { type KeyFlavour, type KeyVersion, keyVersionOf, type Network, versionBytesOf } from "./key-versions.ts"
import { isScalar, order } from "./scalar.ts"

/** Version, depth, parent, index, chain code and key (BIP-0032, "Serialization format"). */
const size = 78
const offsetOf = { depth: 4, parent: 5, index: 9, chainCode: 13, key: 45 } as const

/** 78 bytes and the checksum take 111 or 112 characters. */
const mostCharacters = 120

/** An extended key that was read. Whoever holds a private one disposes of it. */
export type ReadKey = Omit<KeyVersion, "isPrivate"> &
  (
    | { readonly isPrivate: true; readonly key: ExtendedPrivateKey }
    | { readonly isPrivate: false; readonly key: ExtendedPublicKey }
  )

/** What of a key's version the caller chooses: SLIP-0132's ypub and zpub, or testnet's. */
export interface WrittenVersion {
  readonly flavour?: KeyFlavour
  readonly network?: Network
}

/** The extended public key as text: `xpub…` unless another flavour is asked for. */
export function writeExtendedPublicKey(key: ExtendedPublicKey, version: WrittenVersion = {}): string {
  using text = write({ ...defaults, ...version, isPrivate: false }, key.place, key.chainCode, key.publicKey)
  return Buffer.from(text.bytes).toString("latin1")
}

/** The extended private key as ASCII bytes: `xprv…` unless another flavour is asked for. */
export function writeExtendedPrivateKey(key: ExtendedPrivateKey, version: WrittenVersion = {}): Secret {
  using padded = Secret.ofSize(33)
  padded.bytes.set(key.privateKey.bytes, 1)
  return write({ ...defaults, ...version, isPrivate: true }, key.place, key.chainCode.bytes, padded.bytes)
}

/**
 * Reads an extended key: xprv, yprv, zprv, xpub, ypub, zpub, or testnet's.
 *
 * @param text - ASCII, white space around it does not count
 * @throws INVALID_INPUT saying what is wrong: all that BIP-0032, "Test vector 5" calls invalid
 */
export function readExtendedKey(text: Uint8Array): ReadKey {
  const characters = normalisedText(text)
  if (characters.length > mostCharacters) throw invalid("too long")
  using decoded = decodeBase58Check(characters)
  if (decoded === null) throw invalid("mistyped: its checksum does not fit")
  if (decoded.bytes.length !== size) throw invalid(`not ${size} bytes`)
  const view = new DataView(decoded.bytes.buffer)
  const version = keyVersionOf(view.getUint32(0))
  if (version === null) throw invalid("of another coin, or for multisignature")
  const place = readPlace(decoded.bytes, view)
  const chainCode = decoded.bytes.subarray(offsetOf.chainCode, offsetOf.key)
  const keyBytes = decoded.bytes.subarray(offsetOf.key)
  const { network, flavour, isPrivate } = version
  return isPrivate
    ? { network, flavour, isPrivate, key: readPrivate(keyBytes, chainCode, place) }
    : { network, flavour, isPrivate, key: new ExtendedPublicKey(readPoint(keyBytes), chainCode.slice(), place) }
}

const defaults = { flavour: "x", network: "mainnet" } as const

function write(version: KeyVersion, place: TreePlace, chainCode: Uint8Array, key: Uint8Array): Secret {
  using whole = Secret.ofSize(size)
  whole.bytes.set(bigEndian(versionBytesOf(version)))
  whole.bytes[offsetOf.depth] = place.depth
  whole.bytes.set(place.parentFingerprint, offsetOf.parent)
  whole.bytes.set(bigEndian(place.index), offsetOf.index)
  whole.bytes.set(chainCode, offsetOf.chainCode)
  whole.bytes.set(key, offsetOf.key)
  return encodeBase58Check(whole.bytes)
}

function readPlace(bytes: Uint8Array, view: DataView): TreePlace {
  const depth = view.getUint8(offsetOf.depth)
  const parentFingerprint = bytes.slice(offsetOf.parent, offsetOf.index)
  const index = view.getUint32(offsetOf.index)
  if (depth === 0 && parentFingerprint.some((byte) => byte !== 0)) throw invalid("a root with a parent")
  if (depth === 0 && index !== 0) throw invalid("a root with an index")
  return { depth, parentFingerprint, index }
}

function readPrivate(padded: Uint8Array, chainCode: Uint8Array, place: TreePlace): ExtendedPrivateKey {
  if (padded[0] !== 0) throw invalid("its version is that of a private key, its key is none")
  const scalar = padded.subarray(1)
  if (!isScalar(scalar, order.secp256k1)) throw invalid("its private key is outside the curve's order")
  return new ExtendedPrivateKey(Secret.copyOf(scalar), Secret.copyOf(chainCode), place)
}

function readPoint(compressed: Uint8Array): CurvePoint {
  if (compressed[0] !== 2 && compressed[0] !== 3) throw invalid("its version is that of a public key, its key is none")
  try {
    return secp256k1.Point.fromBytes(compressed)
  } catch {
    throw invalid("its public key is not a point on the curve")
  }
}

function invalid(detail: string): VaultError {
  return new VaultError("INVALID_INPUT", `extended key: ${detail}`)
}
