import { VaultError } from "../../domain/vault-error.ts"

/** A ciphertext or wrapped data key that says which version of which key opens it (cli.md, "Bytes"). */
export interface CiphertextToken {
  readonly keyId: string
  readonly version: number
  readonly sealed: Uint8Array
}

const pattern = /^claviger:(\d+):([0-9a-f-]{36}):([1-9]\d{0,8}):([A-Za-z0-9_-]+)$/

/** `claviger:1:KEYID:VERSION:BASE64URL` */
export function encodeToken({ keyId, version, sealed }: CiphertextToken): string {
  return `claviger:1:${keyId}:${version}:${Buffer.from(sealed).toString("base64url")}`
}

/**
 * Reads a token; white space around it is forgiven, anything else is not.
 * @returns `null` when these bytes are no token at all
 * @throws `INVALID_INPUT`, `UNSUPPORTED_VERSION`
 */
export function decodeToken(bytes: Uint8Array): CiphertextToken | null {
  const text = Buffer.from(bytes).toString("latin1").trim()
  if (!text.startsWith("claviger:")) return null
  const [, format, keyId, version, payload] = pattern.exec(text) ?? []
  if (format === undefined || keyId === undefined || version === undefined || payload === undefined) {
    throw new VaultError("INVALID_INPUT", "the token is malformed: claviger:1:KEYID:VERSION:BASE64URL is expected")
  }
  if (format !== "1") throw new VaultError("UNSUPPORTED_VERSION", `token format ${format}`)
  const sealed = Buffer.from(payload, "base64url")
  if (sealed.toString("base64url") !== payload)
    throw new VaultError("INVALID_INPUT", "the token's base64url is not canonical")
  return { keyId, version: Number(version), sealed: new Uint8Array(sealed) }
}

/** @throws `INVALID_INPUT` when these bytes are no token, or another key's */
export function requireTokenOf(bytes: Uint8Array, keyId: string, keyName: string): CiphertextToken {
  const token = decodeToken(bytes)
  if (token === null) throw new VaultError("INVALID_INPUT", "this is no claviger token")
  if (token.keyId !== keyId) throw new VaultError("INVALID_INPUT", `the token was made by another key than ${keyName}`)
  return token
}
