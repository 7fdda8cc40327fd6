import { isUtf8 } from "node:buffer"
import { VaultError } from "../../domain/vault-error.ts"
import { decodeBase64 } from "./base64.ts"
import type { EncryptedContent } from "./jwe-content-encryption.ts"
import { type JsonView, readJson } from "./strict-json.ts"

export type Members = ReadonlyMap<string, JsonView>

const maximumRecipients = 16
const none: Members = new Map()

/** A JWE, taken apart. The protected header and what else is authenticated are base64url, as they stand in the file. */
export interface JsonWebEncryption {
  readonly protectedHeader: Uint8Array
  /** what stands beside the protected header, in JSON only */
  readonly unprotected: Members
  readonly recipients: readonly { readonly header: Members; readonly encryptedKey: Uint8Array }[]
  readonly aad: Uint8Array | null
  readonly content: EncryptedContent
}

/** Five parts (RFC 7516, 7.1); a header begins with a brace and a quotation mark. */
export function readCompact(text: Uint8Array): JsonWebEncryption | null {
  if (!Buffer.from(text.subarray(0, 3)).equals(Buffer.from("eyJ"))) return null
  const [header, encryptedKey, iv, ciphertext, tag, ...others] = splitAtDots(text)
  if (header === undefined || encryptedKey === undefined || iv === undefined) return null
  if (ciphertext === undefined || tag === undefined || others.length > 0) return null
  return {
    protectedHeader: header,
    unprotected: none,
    recipients: [{ header: none, encryptedKey: octets(encryptedKey, "the encrypted key") }],
    aad: null,
    content: { iv: octets(iv, "iv"), ciphertext: octets(ciphertext, "ciphertext"), tag: octets(tag, "tag") },
  }
}

function splitAtDots(text: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let start = 0; parts.length <= 5; ) {
    const dot = text.indexOf(0x2e, start)
    parts.push(text.subarray(start, dot === -1 ? text.length : dot))
    if (dot === -1) break
    start = dot + 1
  }
  return parts
}

/** General and flattened JSON (RFC 7516, 7.2). What is JSON but no JWE is left to others, broken JSON too. */
export function readSerialised(text: Uint8Array): JsonWebEncryption | null {
  const members = text[0] === 0x7b && isUtf8(text) ? membersIn(text) : null
  if (members?.has("ciphertext") !== true) return null
  const aad = optionalText(members, "aad")
  return {
    protectedHeader: optionalText(members, "protected") ?? new Uint8Array(),
    unprotected: objectOf(members, "unprotected"),
    recipients: recipientsIn(members).map((each) => ({
      header: objectOf(each, "header"),
      encryptedKey: octets(optionalText(each, "encrypted_key") ?? new Uint8Array(), "encrypted_key"),
    })),
    aad,
    content: {
      iv: octets(optionalText(members, "iv"), "iv"),
      ciphertext: octets(optionalText(members, "ciphertext"), "ciphertext"),
      tag: octets(optionalText(members, "tag"), "tag"),
    },
  }
}

function membersIn(text: Uint8Array): Members | null {
  try {
    const view = readJson(text)
    return view.kind === "object" ? view.members : null
  } catch {
    return null
  }
}

function recipientsIn(members: Members): Members[] {
  const recipients = members.get("recipients")
  if (recipients === undefined) return [members]
  if (recipients.kind !== "array" || recipients.items.length > maximumRecipients || recipients.items.length === 0) {
    throw invalid(`recipients: not 1 to ${maximumRecipients} of them`)
  }
  return recipients.items.map((item) => {
    if (item.kind !== "object") throw invalid("recipients: not an object")
    return item.members
  })
}

function objectOf(members: Members, name: string): Members {
  const view = members.get(name)
  if (view === undefined) return none
  if (view.kind !== "object") throw invalid(`${name}: not an object`)
  return view.members
}

export function optionalText(members: Members, name: string): Uint8Array | null {
  const view = members.get(name)
  if (view === undefined) return null
  if (view.kind !== "string") throw invalid(`${name}: not a string`)
  return view.escaped
}

/** None of this is secret: what is, is encrypted. */
export function octets(text: Uint8Array | null, name: string): Uint8Array {
  const decoded = text === null ? null : decodeBase64(text, "base64url")
  if (decoded === null) throw invalid(`${name}: missing, or not base64url`)
  return decoded
}

/** What every error of a JWE begins with. */
export function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `JWE: ${reason}`)
}
