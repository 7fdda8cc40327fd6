import pkcs11js, { type Handle, type PKCS11 } from "pkcs11js"
import type { TokenObject } from "../../preload/contract/token-object.ts"
import type { Algorithm } from "../../preload/contract/values.ts"
import { formatTokenUri, type TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { callToken, LibrarySpent, toVaultError } from "./token-failure.ts"
import { unpadded } from "./token-library.ts"
import { algorithmOfCurve, ecPublicKey, rsaAlgorithm, rsaPublicKey } from "./token-public-key.ts"
import { CKK_EC_EDWARDS, type Template } from "./token-templates.ts"

const {
  CKA_CLASS,
  CKA_EC_PARAMS,
  CKA_EC_POINT,
  CKA_EXTRACTABLE,
  CKA_ID,
  CKA_KEY_TYPE,
  CKA_LABEL,
  CKA_LOCAL,
  CKA_MODULUS,
  CKA_PUBLIC_EXPONENT,
  CKA_SENSITIVE,
  CKA_VALUE_LEN,
  CKK_AES,
  CKK_EC,
  CKK_GENERIC_SECRET,
  CKK_RSA,
  CKO_CERTIFICATE,
  CKO_DATA,
  CKO_PRIVATE_KEY,
  CKO_PUBLIC_KEY,
  CKO_SECRET_KEY,
} = pkcs11js

/** A library that finds without end is not followed. */
const mostObjects = 10_000
const atOnce = 100

const kinds = new Map<number, { readonly kind: TokenObject["kind"]; readonly type?: NonNullable<TokenUri["type"]> }>([
  [CKO_PUBLIC_KEY, { kind: "public-key", type: "public" }],
  [CKO_PRIVATE_KEY, { kind: "private-key", type: "private" }],
  [CKO_SECRET_KEY, { kind: "secret-key", type: "secret-key" }],
  [CKO_CERTIFICATE, { kind: "certificate", type: "cert" }],
  [CKO_DATA, { kind: "data", type: "data" }],
])

const classes = new Map([...kinds].flatMap(([value, { type }]) => (type === undefined ? [] : [[type, value] as const])))

/** Attributes of one object. What the token does not tell is `null`. */
export class ObjectReader {
  readonly #pkcs11: PKCS11
  readonly #session: Handle
  readonly handle: Handle

  constructor(pkcs11: PKCS11, session: Handle, handle: Handle) {
    this.#pkcs11 = pkcs11
    this.#session = session
    this.handle = handle
  }

  bytes(type: number): Buffer | null {
    try {
      const [attribute] = this.#pkcs11.C_GetAttributeValue(this.#session, this.handle, [{ type }])
      const value: unknown = attribute?.value
      return Buffer.isBuffer(value) ? value : null
    } catch (error) {
      const failure = toVaultError(error)
      if (failure === error || failure instanceof LibrarySpent) throw failure
      return null
    }
  }

  number(type: number): number | null {
    const value = this.bytes(type)
    if (value?.length === 8) return Number(value.readBigUInt64LE())
    return value?.length === 4 ? value.readUInt32LE() : null
  }

  flag(type: number): boolean | null {
    const value = this.bytes(type)
    return value?.length === 1 ? value[0] !== 0 : null
  }

  text(type: number): string {
    return unpadded(this.bytes(type)?.toString("utf8") ?? "")
  }
}

/** Handles of what fits a template. @throws `TOKEN_ERROR` also when there are more than anybody has */
export function findObjects(pkcs11: PKCS11, session: Handle, template: Template): Handle[] {
  return callToken(() => {
    pkcs11.C_FindObjectsInit(session, template)
    try {
      const found: Handle[] = []
      for (let more = pkcs11.C_FindObjects(session, atOnce); more.length > 0; ) {
        // pkcs11js reads as many as the library says there are, whatever it had room for.
        if (more.length > atOnce) throw new VaultError("TOKEN_ERROR", "it finds more objects than it was asked for")
        found.push(...more)
        if (found.length > mostObjects) throw new VaultError("TOKEN_ERROR", `it finds more than ${mostObjects} objects`)
        more = pkcs11.C_FindObjects(session, atOnce)
      }
      return found
    } finally {
      pkcs11.C_FindObjectsFinal(session)
    }
  })
}

/** The attributes by which a URI names objects. */
export function templateOf({ object, id, type }: TokenUri): Template {
  const objectClass = type === undefined ? undefined : classes.get(type)
  return [
    ...(objectClass === undefined ? [] : [{ type: CKA_CLASS, value: objectClass }]),
    ...(object === undefined ? [] : [{ type: CKA_LABEL, value: object }]),
    ...(id === undefined ? [] : [{ type: CKA_ID, value: Buffer.from(id) }]),
  ]
}

/** @param token - the URI of the token that it is in */
export function describeObject(reader: ObjectReader, token: TokenUri): TokenObject {
  const { kind, type } = kinds.get(reader.number(CKA_CLASS) ?? -1) ?? { kind: "other" as const }
  const label = reader.text(CKA_LABEL)
  const id = reader.bytes(CKA_ID) ?? Buffer.alloc(0)
  const uri = formatTokenUri({
    ...token,
    ...(label === "" ? {} : { object: label }),
    ...(type === undefined ? {} : { type }),
    ...(id.length === 0 ? {} : { id }),
  })
  const isKey = kind === "public-key" || kind === "private-key" || kind === "secret-key"
  return {
    uri,
    kind,
    label,
    id: new Uint8Array(id),
    algorithm: isKey ? algorithmOf(reader) : null,
    publicKey: kind === "public-key" ? publicKeyOf(reader) : null,
    claims: {
      sensitive: reader.flag(CKA_SENSITIVE),
      extractable: reader.flag(CKA_EXTRACTABLE),
      local: reader.flag(CKA_LOCAL),
    },
  }
}

/** SubjectPublicKeyInfo DER; `null` for what we know not, and for what is no public key at all. */
export function publicKeyOf(reader: ObjectReader): Uint8Array<ArrayBuffer> | null {
  const algorithm = algorithmOf(reader)
  if (algorithm === null) return null
  const [modulus, exponent] = [reader.bytes(CKA_MODULUS), reader.bytes(CKA_PUBLIC_EXPONENT)]
  if (algorithm.startsWith("rsa-"))
    return modulus === null || exponent === null ? null : rsaPublicKey(modulus, exponent)
  const point = reader.bytes(CKA_EC_POINT)
  return point === null ? null : ecPublicKey(algorithm, point)
}

export function algorithmOf(reader: ObjectReader): Algorithm | null {
  const length = reader.number(CKA_VALUE_LEN)
  switch (reader.number(CKA_KEY_TYPE)) {
    case CKK_RSA:
      return rsaAlgorithm(reader.bytes(CKA_MODULUS))
    case CKK_EC:
    case CKK_EC_EDWARDS:
      return algorithmOfCurve(reader.bytes(CKA_EC_PARAMS))
    case CKK_AES:
      return (
        ([128, 192, 256] as const).map((bits): Algorithm => `aes-${bits}`).find((_, at) => length === 16 + 8 * at) ??
        null
      )
    case CKK_GENERIC_SECRET:
      return (
        ([256, 384, 512] as const)
          .map((bits): Algorithm => `hmac-sha${bits}`)
          .find((_, at) => length === 32 + 16 * at) ?? null
      )
    default:
      return null
  }
}

/** Removes an object that was needed for one operation only. */
export function forgetObject(pkcs11: PKCS11, session: Handle, object: Handle): void {
  try {
    pkcs11.C_DestroyObject(session, object)
  } catch {
    // It ends with the session.
  }
}
