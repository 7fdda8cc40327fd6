import { X509Certificate } from "node:crypto"
import pkcs11js, { type Handle, type PKCS11 } from "pkcs11js"
import { formatTokenUri, type TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { findKey } from "./token-keys.ts"
import { algorithmOf, findObjects, ObjectReader, publicKeyOf } from "./token-objects.ts"
import type { TokenCallOutput } from "./token-protocol.ts"
import { tokenUsageNames, tokenUsages } from "./token-templates.ts"

const {
  CKA_ALWAYS_AUTHENTICATE,
  CKA_ALWAYS_SENSITIVE,
  CKA_CLASS,
  CKA_EXTRACTABLE,
  CKA_ID,
  CKA_LABEL,
  CKA_LOCAL,
  CKA_NEVER_EXTRACTABLE,
  CKA_PRIVATE,
  CKA_SENSITIVE,
  CKA_TOKEN,
  CKA_VALUE,
  CKO_CERTIFICATE,
  CKO_PUBLIC_KEY,
} = pkcs11js

/** What a key is called in a URI, by what it may be. */
const keyTypes = ["private", "secret-key"] as const

/**
 * All that a token says of a key that is in it already.
 * @throws `NOT_FOUND`; `INVALID_INPUT` for what is no private or secret key that we know, or has no name of its own
 */
export function inspectKey(
  pkcs11: PKCS11,
  session: Handle,
  token: TokenUri,
  uri: TokenUri,
): TokenCallOutput<"inspect"> {
  const { key, type } = foundKey(pkcs11, session, uri)
  const id = requireOwnId(pkcs11, session, key)
  const publicKey = type === "private" ? publicHalf(pkcs11, session, key, id) : null
  const label = key.text(CKA_LABEL)
  const flag = (attribute: number): boolean | null => key.flag(attribute)
  return {
    uri: formatTokenUri({ ...token, ...(label === "" ? {} : { object: label }), type, id }),
    // Some tell the size or the curve of neither half.
    algorithm: algorithmOf(key),
    publicKey,
    claims: {
      stays: flag(CKA_TOKEN),
      private: flag(CKA_PRIVATE),
      sensitive: flag(CKA_SENSITIVE),
      extractable: flag(CKA_EXTRACTABLE),
      alwaysSensitive: flag(CKA_ALWAYS_SENSITIVE),
      neverExtractable: flag(CKA_NEVER_EXTRACTABLE),
      local: flag(CKA_LOCAL),
      asksEachTime: flag(CKA_ALWAYS_AUTHENTICATE),
    },
    usages: tokenUsageNames.filter((name) => flag(tokenUsages[name]) === true),
  }
}

function foundKey(pkcs11: PKCS11, session: Handle, uri: TokenUri) {
  const types = uri.type === undefined ? keyTypes : keyTypes.filter((type) => type === uri.type)
  const found = types.flatMap((type) => {
    try {
      return [{ type, key: findKey(pkcs11, session, { ...uri, type }) }]
    } catch (error) {
      if (error instanceof VaultError && error.code === "NOT_FOUND") return []
      throw error
    }
  })
  const [only, other] = found
  if (only === undefined) throw new VaultError("NOT_FOUND", "a private or secret key that the URI means")
  if (other !== undefined) throw new VaultError("INVALID_INPUT", "the URI means several objects: add type= or id=")
  return only
}

/** By which it is found again, and nothing else with it. */
function requireOwnId(pkcs11: PKCS11, session: Handle, key: ObjectReader): Uint8Array {
  const id = key.bytes(CKA_ID)
  if (id === null || id.length === 0)
    throw new VaultError("INVALID_INPUT", "the key has no id (CKA_ID): give it one first")
  const kind = { type: CKA_CLASS, value: key.number(CKA_CLASS) ?? 0 }
  if (findObjects(pkcs11, session, [kind, { type: CKA_ID, value: id }]).length > 1) {
    throw new VaultError(
      "INVALID_INPUT",
      "another key in the token has the same id (CKA_ID): give it one of its own first",
    )
  }
  return new Uint8Array(id)
}

/** From the object of the public key, else from what the private one tells, else from a certificate. */
export function publicHalf(
  pkcs11: PKCS11,
  session: Handle,
  key: ObjectReader,
  id: Uint8Array,
): Uint8Array<ArrayBuffer> | null {
  const withId = (kind: number): ObjectReader[] =>
    findObjects(pkcs11, session, [
      { type: CKA_CLASS, value: kind },
      { type: CKA_ID, value: Buffer.from(id) },
    ]).map((handle) => new ObjectReader(pkcs11, session, handle))
  for (const reader of [...withId(CKO_PUBLIC_KEY), key]) {
    const publicKey = publicKeyOf(reader)
    if (publicKey !== null) return publicKey
  }
  const [certificate] = withId(CKO_CERTIFICATE)
  return certificate === undefined ? null : keyOfCertificate(certificate.bytes(CKA_VALUE))
}

function keyOfCertificate(der: Buffer | null): Uint8Array<ArrayBuffer> | null {
  try {
    return der === null
      ? null
      : new Uint8Array(new X509Certificate(der).publicKey.export({ format: "der", type: "spki" }))
  } catch {
    return null
  }
}
