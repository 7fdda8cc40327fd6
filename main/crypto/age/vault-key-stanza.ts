import type { Secret } from "../../domain/secret.ts"
import { invalidFile } from "./invalid-file.ts"
import { fileKeySize, type Identity, type Recipient, type Stanza } from "./stanza.ts"
import { requireArguments } from "./stanza-fields.ts"

const type = "claviger"
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const versionNumber = /^[1-9][0-9]{0,8}$/

/** A version of a key of a vault, as the stanza names it. */
export interface VaultKeyPlace {
  readonly keyId: string
  readonly version: number
}

/**
 * Encrypts for a key of a vault that is none of age's own: `-> claviger KEYID VERSION`, with the file key as the vault's key
 * sealed it. Only a vault that has the key opens such a file; other recipients may stand beside it.
 * @param seal - by the vault: the file key stays the caller's
 */
export function vaultKeyRecipient(
  { keyId, version }: VaultKeyPlace,
  seal: (fileKey: Secret) => Promise<Uint8Array>,
): Recipient {
  return {
    async wrap(fileKey) {
      return { type, args: [keyId, String(version)], body: await seal(fileKey) }
    },
  }
}

/** @param open - by the vault; `null` when it has no such key, or that key does not open what is sealed */
export function vaultKeyIdentity(open: (place: VaultKeyPlace, sealed: Uint8Array) => Promise<Secret | null>): Identity {
  return {
    async unwrap(stanzas) {
      for (const stanza of stanzas.filter((each) => each.type === type)) {
        const fileKey = await open(placeIn(stanza), stanza.body)
        if (fileKey === null) continue
        if (fileKey.bytes.length === fileKeySize) return fileKey
        fileKey[Symbol.dispose]()
        throw invalidFile("a stanza of claviger does not hold a file key")
      }
      return null
    },
  }
}

function placeIn(stanza: Stanza): VaultKeyPlace {
  requireArguments(stanza, 2)
  const [keyId = "", version = ""] = stanza.args
  if (!uuid.test(keyId) || !versionNumber.test(version))
    throw invalidFile("a stanza of claviger without key and version")
  return { keyId, version: Number(version) }
}
