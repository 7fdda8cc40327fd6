import type { FileIdentity, FileRecipient } from "../../domain/file-crypto.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { decodePrivateKeyInfo } from "../formats/private-key-info.ts"
import { decodePublicKeyInfo } from "../formats/public-key-info.ts"
import { decodeRecipient } from "./recipient-text.ts"
import { missingPassphrase, onlyPassphraseIdentity, passphraseRecipient } from "./scrypt-stanza.ts"
import type { Identity, Recipient } from "./stanza.ts"
import { vaultKeyIdentity, vaultKeyRecipient } from "./vault-key-stanza.ts"
import { x25519Identity, x25519Recipient, x25519Type } from "./x25519-stanza.ts"

/** @throws INVALID_INPUT for a text that is no recipient, or a key that age has no form for */
export function recipientFor(recipient: FileRecipient): Recipient {
  switch (recipient.kind) {
    case "recipient":
      return decodeRecipient(recipient.text)
    case "public-key": {
      const { parts } = decodePublicKeyInfo(recipient.publicKey)
      if (parts.kind !== "x25519") throw notAges(parts.kind)
      return x25519Recipient(parts.publicKey)
    }
    case "vault-key":
      return vaultKeyRecipient(recipient.place, recipient.seal)
    case "passphrase":
      return passphraseRecipient(recipient.passphrase.bytes)
  }
}

export function identityFor(identity: FileIdentity): Identity {
  switch (identity.kind) {
    case "private-key":
      return openedIdentity(identity.open)
    case "vault-key":
      return vaultKeyIdentity(identity.open)
    case "passphrase":
      return onlyPassphraseIdentity(identity.passphrase.bytes)
    case "missing-passphrase":
      return missingPassphrase
  }
}

/** Opens the key only when a stanza may be for it. */
function openedIdentity(open: () => Promise<Secret | null>): Identity {
  return {
    async unwrap(stanzas) {
      if (!stanzas.some(({ type }) => type === x25519Type)) return null
      using material = await open()
      if (material === null) return null
      const { parts } = decodePrivateKeyInfo(material.bytes)
      if (parts.kind !== "x25519") throw notAges(parts.kind)
      using privateKey = Secret.copyOf(parts.privateKey)
      return await x25519Identity(privateKey).unwrap(stanzas)
    },
  }
}

function notAges(kind: string): VaultError {
  return new VaultError("INVALID_INPUT", `age has no form for a key of ${kind}`)
}
