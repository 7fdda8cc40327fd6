import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Key } from "../../domain/key.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { decodeToken, requireTokenOf } from "./ciphertext-token.ts"
import { logUse, type UseParts } from "./log-use.ts"
import { openUnderKey, sealUnderKey } from "./seal-under-key.ts"

/** What one token can hold; larger files are encrypted as streams. */
const maxPlaintext = 1024 * 1024

/** Encrypts into a text token. Wipes the plaintext. @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `INVALID_INPUT` */
export function encryptMessage({ session, crypto }: UseParts) {
  return async (input: InputOf<"key.encrypt">): Promise<OutputOf<"key.encrypt">> => {
    using plaintext = new Secret(input.plaintext)
    if (plaintext.bytes.length > maxPlaintext) throw new VaultError("INVALID_INPUT", "plaintext: over 1 MiB")
    const vault = session.current()
    const key = findKey(vault, input.name)
    const { version, mechanism } = input
    const sealed = await sealUnderKey(vault, crypto, key, plaintext.bytes, { usages: ["encrypt"], version, mechanism })
    logUse(vault, key, "key.encrypt", { version: sealed.version, mechanism: sealed.mechanism })
    return { keyId: key.id, keyVersion: sealed.version, ciphertext: sealed.token, mechanism: sealed.mechanism }
  }
}

/** Decrypts a token, or bytes that another program encrypted to an RSA key. */
export function decryptMessage({ session, crypto }: UseParts) {
  return async (input: InputOf<"key.decrypt">): Promise<OutputOf<"key.decrypt">> => {
    const vault = session.current()
    const key = findKey(vault, input.name)
    const { sealed, version } = ciphertextFor(key, input)
    const request = { usages: ["decrypt"], version, mechanism: input.mechanism } as const
    const plaintext = await openUnderKey(vault, crypto, key, sealed, request)
    logUse(vault, key, "key.decrypt", { version })
    return { keyId: key.id, keyVersion: version, plaintext: plaintext.bytes }
  }
}

function ciphertextFor(
  key: Key,
  { ciphertext, version }: InputOf<"key.decrypt">,
): { sealed: Uint8Array; version: number } {
  const isForeign = key.algorithm.startsWith("rsa-") && decodeToken(ciphertext) === null
  if (isForeign) return { sealed: ciphertext, version: version ?? key.currentVersion }
  const token = requireTokenOf(ciphertext, key.id, key.name)
  if (version !== undefined && version !== token.version) {
    throw new VaultError("INVALID_INPUT", `version: the token was made by version ${token.version}`)
  }
  return token
}
