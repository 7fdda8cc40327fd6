import pkcs11js, { type Handle, type PKCS11 } from "pkcs11js"
import type { TokenWrapping } from "../domain/token-port.ts"
import { VaultError } from "../domain/vault-error.ts"
import { TokenAbilities } from "./token-abilities.ts"
import { callContent, callToken } from "./token-failure.ts"
import type { KeyUse } from "./token-key-uses.ts"
import { oaepMechanism } from "./token-mechanisms.ts"
import { forgetObject, ObjectReader } from "./token-objects.ts"
import { passingSecret } from "./token-passing-templates.ts"
import type { Template } from "./token-templates.ts"
import type { TransportKeys } from "./token-transport.ts"

/** Wraps a secret, that was brought in encrypted, by AES-KWP (RFC 5649). */
export function wrapInToken(
  pkcs11: PKCS11,
  transport: TransportKeys,
  { session, handle }: KeyUse,
  packed: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const mechanism = TokenAbilities.inSession(pkcs11, session.handle).keyWrapWithPadding()
  const secret = transport.bringIn(session, packed, passingSecret({ isReadable: false }))
  try {
    // The padding and the block in front are 15 bytes at most.
    const room = Buffer.alloc(packed.length + 16)
    return new Uint8Array(callToken(() => pkcs11.C_WrapKey(session.handle, { mechanism }, handle, secret, room)))
  } finally {
    forgetObject(pkcs11, session.handle, secret)
  }
}

/** @throws ContentRefused when it does not open */
export function unwrapInToken(
  pkcs11: PKCS11,
  { session, handle }: KeyUse,
  wrapping: TokenWrapping,
  wrapped: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const mechanism =
    wrapping === "aes-kwp"
      ? { mechanism: TokenAbilities.inSession(pkcs11, session.handle).keyWrapWithPadding() }
      : oaepMechanism(wrapping)
  return readOnce(pkcs11, session.handle, passingSecret({ isReadable: true }), (template) =>
    callContent(() => pkcs11.C_UnwrapKey(session.handle, mechanism, handle, Buffer.from(wrapped), template)),
  )
}

/** Diffie-Hellman on the key's own curve. @param point - the other side's, uncompressed */
export function agreeInToken(
  pkcs11: PKCS11,
  { session, handle, confirm }: KeyUse,
  point: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const { CKM_ECDH1_DERIVE, CK_PARAMS_EC_DH, CKD_NULL, CKA_VALUE_LEN } = pkcs11js
  const parameter = { type: CK_PARAMS_EC_DH, kdf: CKD_NULL, publicData: Buffer.from(point) }
  const length = { type: CKA_VALUE_LEN, value: (point.length - 1) / 2 }
  confirm()
  return readOnce(pkcs11, session.handle, [...passingSecret({ isReadable: true }), length], (template) =>
    callToken(() => pkcs11.C_DeriveKey(session.handle, { mechanism: CKM_ECDH1_DERIVE, parameter }, handle, template)),
  )
}

/** What is to leave the token is there as an object of this session only, and no longer than it takes to read it. */
function readOnce(
  pkcs11: PKCS11,
  session: Handle,
  template: Template,
  make: (template: Template) => Handle,
): Uint8Array<ArrayBuffer> {
  const object = make(template)
  try {
    const value = new ObjectReader(pkcs11, session, object).bytes(pkcs11js.CKA_VALUE)
    if (value === null) throw new VaultError("TOKEN_ERROR", "it opened the secret, and does not give it")
    const secret = new Uint8Array(value)
    value.fill(0)
    return secret
  } finally {
    forgetObject(pkcs11, session, object)
  }
}
