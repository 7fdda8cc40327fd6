import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Key } from "../../domain/key.ts"
import { versionsForUse } from "../../domain/key-use.ts"
import { Secret } from "../../domain/secret.ts"
import { shellWord } from "../../domain/shell-words.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { timeOf } from "../key/key-object.ts"
import { decodeToken, requireTokenOf } from "./ciphertext-token.ts"
import { excuse, logSeal, logUse } from "./log-use.ts"
import { openUnderOneOf, sealUnderKey } from "./seal-under-key.ts"
import { type TokenUseParts, workOf } from "./token-use.ts"

/** What one token can hold; larger files are encrypted as streams. */
const maxPlaintext = 1024 * 1024

/** Encrypts into a text token. Wipes the plaintext. @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `INVALID_INPUT` */
export function encryptMessage(parts: TokenUseParts) {
  return async (input: InputOf<"key.encrypt">): Promise<OutputOf<"key.encrypt">> => {
    using plaintext = new Secret(input.plaintext)
    using pin = input.pin === undefined ? null : new Secret(input.pin)
    if (plaintext.bytes.length > maxPlaintext) throw new VaultError("INVALID_INPUT", "plaintext: over 1 MiB")
    const work = workOf(parts, pin)
    const key = findKey(work.vault, input.name)
    if (key.algorithm === "x25519")
      throw new VaultError("INVALID_INPUT", `${key.name} encrypts files: file encrypt --key ${shellWord(key.name)}`)
    const { version, mechanism } = input
    const sealed = await sealUnderKey(work, key, plaintext.bytes, { usages: ["encrypt"], version, mechanism })
    logSeal(work.vault, key, "key.encrypt", sealed, { mechanism: sealed.mechanism })
    return { keyId: key.id, keyVersion: sealed.version, ciphertext: sealed.token, mechanism: sealed.mechanism }
  }
}

/** Decrypts a token, or bytes that another program encrypted to an RSA key: by each version that these may be for. */
export function decryptMessage(parts: TokenUseParts) {
  return async (input: InputOf<"key.decrypt">): Promise<OutputOf<"key.decrypt">> => {
    using pin = input.pin === undefined ? null : new Secret(input.pin)
    const work = workOf(parts, pin)
    const { vault } = work
    const key = findKey(vault, input.name)
    const { sealed, versions } = ciphertextFor(key, input, timeOf(vault))
    const { mechanism, reason } = input
    const request = { usages: ["decrypt"] as const, mechanism, reason }
    const { plaintext, version } = await openUnderOneOf(work, key, sealed, { ...request, versions })
    logUse(vault, key, "key.decrypt", { version, ...excuse(reason) })
    return { keyId: key.id, keyVersion: version, plaintext: plaintext.bytes }
  }
}

function ciphertextFor(
  key: Key,
  { ciphertext, version, reason }: InputOf<"key.decrypt">,
  now: string,
): { sealed: Uint8Array; versions: readonly number[] } {
  const isForeign = key.algorithm.startsWith("rsa-") && decodeToken(ciphertext) === null
  if (isForeign) {
    const versions = versionsForUse(key, ["decrypt"], now, version, reason)
    return { sealed: ciphertext, versions: versions.map((each) => each.version) }
  }
  const token = requireTokenOf(ciphertext, key.id, key.name)
  if (version !== undefined && version !== token.version) {
    throw new VaultError("INVALID_INPUT", `version: the token was made by version ${token.version}`)
  }
  return { sealed: token.sealed, versions: [token.version] }
}
