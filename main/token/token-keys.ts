import { randomBytes } from "node:crypto"
import pkcs11js, { type Handle, type PKCS11 } from "pkcs11js"
import type { Algorithm } from "../../preload/contract/values.ts"
import { formatTokenUri, type TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { callToken } from "./token-failure.ts"
import { generationMechanism } from "./token-mechanisms.ts"
import { findObjects, ObjectReader, publicKeyOf, templateOf } from "./token-objects.ts"
import type { TokenCallInput, TokenCallOutput } from "./token-protocol.ts"
import {
  expectedClaims,
  type KeyPairTemplates,
  keyPairTemplates,
  secretKeyTemplate,
  type Template,
} from "./token-templates.ts"

const { CKA_ALWAYS_AUTHENTICATE, CKA_ID, CKA_PRIVATE_EXPONENT, CKA_VALUE } = pkcs11js

const idSize = 16

/**
 * Makes a key and asks the token what it made: what differs from what was asked is removed again.
 * @throws `TOKEN_ERROR`, `INVALID_INPUT`
 */
export function generateKey(
  pkcs11: PKCS11,
  session: Handle,
  token: TokenUri,
  { algorithm, purpose, label }: TokenCallInput<"generate">,
): TokenCallOutput<"generate"> {
  const id = unusedId(pkcs11, session)
  const choices = { algorithm, purpose, label, id }
  const mechanism = { mechanism: generationMechanism(algorithm) }
  const isSecretKey = isSecretAlgorithm(algorithm)
  const made = isSecretKey
    ? {
        privateKey: callToken(() => pkcs11.C_GenerateKey(session, mechanism, secretKeyTemplate(choices))),
        publicKey: null,
      }
    : generatePair(pkcs11, session, mechanism, keyPairTemplates(choices))
  try {
    const key = new ObjectReader(pkcs11, session, made.privateKey)
    requireClaims(key, expectedClaims(purpose, isSecretKey))
    requireKept(key)
    const type = isSecretKey ? "secret-key" : "private"
    const uri = formatTokenUri({ ...token, object: label, type, id })
    if (made.publicKey === null) return { uri, publicKey: null }
    const publicKey = publicKeyOf(new ObjectReader(pkcs11, session, made.publicKey))
    if (publicKey === null) throw new VaultError("TOKEN_ERROR", "the public key that it gave can't be read")
    return { uri, publicKey: new Uint8Array(publicKey) }
  } catch (error) {
    removeAll(pkcs11, session, [made.privateKey, made.publicKey])
    throw error
  }
}

export function isSecretAlgorithm(algorithm: Algorithm): boolean {
  return algorithm.startsWith("aes-") || algorithm.startsWith("hmac-")
}

function generatePair(
  pkcs11: PKCS11,
  session: Handle,
  mechanism: { readonly mechanism: number },
  [usual, lean]: ReturnType<typeof keyPairTemplates>,
): { readonly privateKey: Handle; readonly publicKey: Handle } {
  const generate = ({ publicKey, privateKey }: KeyPairTemplates) =>
    callToken(() => pkcs11.C_GenerateKeyPair(session, mechanism, publicKey, privateKey))
  try {
    return generate(usual)
  } catch (error) {
    if (!isOfTemplate(error)) throw error
    return generate(lean)
  }
}

/** A TPM's library says of a template that it does not like no more than that something went wrong. */
function isOfTemplate(error: unknown): boolean {
  return error instanceof VaultError && /CKR_(TEMPLATE_|ATTRIBUTE_|GENERAL_ERROR)/.test(error.detail ?? "")
}

/** Some tokens overwrite a key that has the same id. */
export function unusedId(pkcs11: PKCS11, session: Handle): Uint8Array {
  const id = randomBytes(idSize)
  if (findObjects(pkcs11, session, [{ type: CKA_ID, value: id }]).length > 0) {
    throw new VaultError("TOKEN_ERROR", "it finds what is not there: an object with an id that was just drawn")
  }
  return new Uint8Array(id)
}

/** What the token says of a key, and for what it says nothing at all. */
export function requireClaims(reader: ObjectReader, expected: Template): void {
  for (const { type, value } of expected) {
    const claimed = reader.flag(type)
    if (claimed !== value) {
      const name = attributeNames.get(type) ?? `0x${type.toString(16)}`
      throw new VaultError("TOKEN_ERROR", `it made the key otherwise than asked: ${name} is ${claimed ?? "not told"}`)
    }
  }
}

/** What a token gives out all the same was never kept in it. */
function requireKept(key: ObjectReader): void {
  const value = key.bytes(CKA_VALUE) ?? key.bytes(CKA_PRIVATE_EXPONENT)
  if (value === null || value.length === 0) return
  value.fill(0)
  throw new VaultError("TOKEN_ERROR", "it gives out the key that it says it keeps")
}

/** The private or secret key that a URI means. @throws `NOT_FOUND`; `INVALID_INPUT` when it means several */
export function findKey(pkcs11: PKCS11, session: Handle, uri: TokenUri): ObjectReader {
  const [key, other] = findObjects(pkcs11, session, templateOf(uri))
  if (key === undefined)
    throw new VaultError(
      "NOT_FOUND",
      `${uri.object ?? "the key"} is not in the token: it was deleted there, or the token was set up anew`,
    )
  if (other !== undefined) throw new VaultError("INVALID_INPUT", "the URI means several objects: add id=")
  return new ObjectReader(pkcs11, session, key)
}

export function asksEachTime(key: ObjectReader): boolean {
  return key.flag(CKA_ALWAYS_AUTHENTICATE) === true
}

export function removeAll(pkcs11: PKCS11, session: Handle, objects: readonly (Handle | null)[]): void {
  for (const object of objects) {
    if (object === null) continue
    try {
      pkcs11.C_DestroyObject(session, object)
    } catch {
      // The error that led here says more.
    }
  }
}

const attributeNames: ReadonlyMap<number, string> = new Map(
  Object.entries(pkcs11js).flatMap(([name, value]): [number, string][] =>
    name.startsWith("CKA_") && typeof value === "number" ? [[value, name]] : [],
  ),
)
