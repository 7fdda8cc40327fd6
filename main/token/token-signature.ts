import { hash } from "node:crypto"
import type { Handle, PKCS11, Mechanism as Pkcs11Mechanism } from "pkcs11js"
import type { Mechanism } from "../../preload/contract/values.ts"
import {
  derNull,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derUnsignedInteger,
  encodeDer,
} from "../crypto/asn1/der-writer.ts"
import { objectIdentifier } from "../crypto/asn1/object-identifiers.ts"
import { VaultError } from "../domain/vault-error.ts"
import { viewOf } from "./token-ciphers.ts"
import { callToken } from "./token-failure.ts"
import type { KeyUse } from "./token-key-uses.ts"
import {
  hashingMechanism,
  mechanismName,
  type SignatureScheme,
  signatureMechanism,
  signatureScheme,
} from "./token-mechanisms.ts"

/** The longest signature: RSA-4096. Some libraries tell no length before they have signed, so there is room for any. */
const longestSignature = 1024
/** One for all, since there is one call at a time. Whatever comes of it is copied and wiped: some derive keys from signatures. */
const room = Buffer.alloc(longestSignature)

/** Signs in the token. The message is hashed here where that can be. */
export function signInToken(
  pkcs11: PKCS11,
  { session, handle, asksEachTime, confirm }: KeyUse,
  mechanism: Mechanism,
  message: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const scheme = signatureScheme(mechanism)
  const ways = waysToSign(pkcs11, session.handle, scheme)
  try {
    // A PIN is not tried twice.
    const signature = signOneWay(asksEachTime ? ways.slice(0, 1) : ways, (way) =>
      callToken(() => {
        pkcs11.C_SignInit(session.handle, way, handle)
        confirm()
        const isHashedThere = way.mechanism === hashingMechanism(scheme)?.mechanism
        return pkcs11.C_Sign(session.handle, isHashedThere ? viewOf(message) : inputOf(scheme, message), room)
      }),
    )
    return scheme.kind === "ecdsa" && !scheme.isP1363 ? twoIntegers(signature) : new Uint8Array(signature)
  } finally {
    room.fill(0)
  }
}

/**
 * With RSA the token hashes where it can: a TPM does not sign a hash that it has not made, and its library is of no use after it was
 * asked to.
 * @throws `INVALID_INPUT` when it lists neither way
 */
function waysToSign(pkcs11: PKCS11, session: Handle, scheme: SignatureScheme): readonly Pkcs11Mechanism[] {
  const overHash = signatureMechanism(scheme)
  const hashing = hashingMechanism(scheme)
  if (hashing === null) return [overHash]
  const listed = callToken(() => pkcs11.C_GetMechanismList(pkcs11.C_GetSessionInfo(session).slotID))
  const ways = [hashing, overHash].filter(({ mechanism }) => listed.includes(mechanism))
  if (ways.length > 0) return ways
  throw new VaultError(
    "INVALID_INPUT",
    `mechanism: this token does not sign so: it has no ${mechanismName(overHash.mechanism)}`,
  )
}

/** The other way where it does not take the first: some take only so much to hash. */
function signOneWay(ways: readonly Pkcs11Mechanism[], sign: (way: Pkcs11Mechanism) => Buffer): Buffer {
  const [first, ...others] = ways
  if (first === undefined) throw new Error("there is no way to sign")
  try {
    return sign(first)
  } catch (error) {
    if (others.length === 0 || !isOfMechanism(error)) throw error
    return signOneWay(others, sign)
  }
}

function isOfMechanism(error: unknown): boolean {
  return error instanceof VaultError && /CKR_(MECHANISM_|DATA_LEN_RANGE|KEY_FUNCTION_)/.test(error.detail ?? "")
}

function inputOf({ digest, kind }: SignatureScheme, message: Uint8Array): Buffer {
  if (digest === null) return viewOf(message)
  const hashed = hash(digest, message, "buffer")
  if (kind !== "rsa-pkcs1") return hashed
  // RFC 8017, section 9.2: DigestInfo.
  const algorithm = derSequence(derObjectIdentifier(objectIdentifier[digest]), derNull())
  return Buffer.from(encodeDer(derSequence(algorithm, derOctetString(hashed))))
}

/** From IEEE P1363 to the sequence of RFC 3279, section 2.2.3. */
function twoIntegers(signature: Uint8Array): Uint8Array<ArrayBuffer> {
  if (signature.length === 0 || signature.length % 2 !== 0) {
    throw new VaultError("TOKEN_ERROR", "it gave a signature of a wrong length")
  }
  const half = signature.length / 2
  return encodeDer(
    derSequence(derUnsignedInteger(signature.subarray(0, half)), derUnsignedInteger(signature.subarray(half))),
  )
}
