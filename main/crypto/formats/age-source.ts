import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { onlyPassphraseIdentity } from "../age/scrypt-stanza.ts"
import type { Identity } from "../age/stanza.ts"
import { decryptWhole } from "../age/whole-file.ts"
import { entriesOf, readIdentityFile } from "./age-identity-file.ts"
import { type Imported, type ReadOptions, requirePassphrase, wrongPassphrase } from "./imported-key.ts"
import { type KeySource, plainSource } from "./key-source.ts"
import { publicKeyAlone } from "./public-key-alone.ts"
import { importSymmetricKey } from "./symmetric-key.ts"
import { normalisedText } from "./text-lines.ts"

const identityStart = /^AGE-(?:SECRET-KEY|PLUGIN)-/
const recipientStart = /^age1[0-9a-z]/
const encryptedStart = /^(?:age-encryption[.]org\/|-----BEGIN AGE ENCRYPTED FILE-----)/

/** 1 GiB: four times what age-keygen's own passphrase takes. A file asks for it before it has proven anything. */
const maximumWorkFactor = 20

/**
 * Recognises an identity file of the age program, in the clear or itself encrypted with a passphrase, and a `secret` that is encrypted so.
 *
 * @throws INVALID_INPUT for a list of recipients, which are public
 */
export function recogniseAge(file: Uint8Array): KeySource | null {
  const text = normalisedText(file)
  if (encryptedStart.test(startOf(text))) return plainSource("age", (options) => readEncrypted(file, options))
  const first = entriesOf(text)?.at(0)
  if (first === undefined) return null
  if (recipientStart.test(startOf(first))) throw publicKeyAlone()
  return identityStart.test(startOf(first)) ? plainSource("age", () => readIdentityFile(text)) : null
}

function startOf(text: Uint8Array): string {
  return Buffer.from(text.subarray(0, 40)).toString("latin1")
}

async function readEncrypted(file: Uint8Array, options: ReadOptions): Promise<Imported[]> {
  using text = await decrypted(file, onlyPassphraseIdentity(requirePassphrase(options), maximumWorkFactor))
  if (options.algorithm === "secret") return [importSymmetricKey("secret", text.bytes, null)]
  return await readIdentityFile(normalisedText(text.bytes))
}

async function decrypted(file: Uint8Array, identity: Identity): Promise<Secret> {
  try {
    const text = await decryptWhole(file, [identity])
    if (text === null) throw wrongPassphrase()
    return text
  } catch (error) {
    if (error instanceof VaultError && error.code === "INTEGRITY_FAILED") {
      throw new VaultError("INVALID_INPUT", error.detail)
    }
    throw error
  }
}
