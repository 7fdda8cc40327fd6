import { VaultError } from "../../domain/vault-error.ts"
import type { KeySource } from "./key-source.ts"

const sshPublicLine = /^(?:ssh-|ecdsa-sha2-|sk-)/

/** What is said of a file that holds only public keys. */
export function publicKeyAlone(): VaultError {
  return new VaultError("INVALID_INPUT", "a public key alone: there is no private key in the file")
}

/**
 * Recognises the line of an OpenSSH public key, so that the answer is better than "not recognised".
 *
 * @throws INVALID_INPUT when it is one
 */
export function recogniseSshPublicLine(file: Uint8Array): KeySource | null {
  if (sshPublicLine.test(Buffer.from(file.subarray(0, 16)).toString("latin1"))) throw publicKeyAlone()
  return null
}
