import { diffieHellman } from "node:crypto"
import { Secret } from "../domain/secret.ts"
import { privateKey as givenPrivate, publicKey as givenPublic } from "./algorithms/node-keys.ts"
import { encodeDer } from "./asn1/der-writer.ts"
import { edwardsPrivateKeyInfo, edwardsPublicKeyOf } from "./formats/edwards-private-key.ts"
import { encodePublicKeyInfo } from "./formats/public-key-info.ts"

/** The public key of a private one: X25519 with the base point (RFC 7748, 6.1). */
export function x25519PublicKey(privateKey: Secret): Uint8Array<ArrayBuffer> {
  return edwardsPublicKeyOf({ kind: "x25519", privateKey: privateKey.bytes })
}

/**
 * X25519 (RFC 7748, 5).
 * @param publicKey - 32 bytes
 * @returns 32 bytes; `null` when they would be zero, as a public key of low order makes them (section 6.1)
 */
export function x25519Agreement(privateKey: Secret, publicKey: Uint8Array): Secret | null {
  using material = new Secret(encodeDer(edwardsPrivateKeyInfo({ kind: "x25519", privateKey: privateKey.bytes })))
  const spki = encodePublicKeyInfo({ kind: "x25519", publicKey })
  try {
    return new Secret(diffieHellman({ privateKey: givenPrivate(material.bytes), publicKey: givenPublic(spki) }))
  } catch (error) {
    // A call that is wrong is a bug.
    if (error instanceof TypeError) throw error
    return null
  }
}
