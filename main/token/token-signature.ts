import { createHash } from "node:crypto"
import type { PKCS11 } from "pkcs11js"
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
import { callToken } from "./token-failure.ts"
import type { KeyUse } from "./token-key-uses.ts"
import { type SignatureScheme, signatureMechanism, signatureScheme } from "./token-mechanisms.ts"

/** The longest signature: RSA-4096. Some libraries tell no length before they have signed, so there is room for any. */
const longestSignature = 1024

/** Signs in the token. The message is hashed here. */
export function signInToken(
  pkcs11: PKCS11,
  { session, handle, confirm }: KeyUse,
  mechanism: Mechanism,
  message: Uint8Array,
): Uint8Array {
  const scheme = signatureScheme(mechanism)
  const input = inputOf(scheme, message)
  const signature = callToken(() => {
    pkcs11.C_SignInit(session.handle, signatureMechanism(scheme), handle)
    confirm()
    return pkcs11.C_Sign(session.handle, input, Buffer.alloc(longestSignature))
  })
  return scheme.kind === "ecdsa" && !scheme.isP1363 ? twoIntegers(signature) : new Uint8Array(signature)
}

function inputOf({ digest, kind }: SignatureScheme, message: Uint8Array): Buffer {
  if (digest === null) return Buffer.from(message)
  const hash = createHash(digest).update(message).digest()
  if (kind !== "rsa-pkcs1") return hash
  // RFC 8017, section 9.2: DigestInfo.
  const algorithm = derSequence(derObjectIdentifier(objectIdentifier[digest]), derNull())
  return Buffer.from(encodeDer(derSequence(algorithm, derOctetString(hash))))
}

/** From IEEE P1363 to the sequence of RFC 3279, section 2.2.3. */
function twoIntegers(signature: Uint8Array): Uint8Array {
  if (signature.length === 0 || signature.length % 2 !== 0) {
    throw new VaultError("TOKEN_ERROR", "it gave a signature of a wrong length")
  }
  const half = signature.length / 2
  return encodeDer(
    derSequence(derUnsignedInteger(signature.subarray(0, half)), derUnsignedInteger(signature.subarray(half))),
  )
}
