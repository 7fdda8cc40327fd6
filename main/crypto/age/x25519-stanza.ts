import { setImmediate as eventLoopTurn } from "node:timers/promises"
import type { Secret } from "../../domain/secret.ts"
import { hkdfSha256 } from "../derive.ts"
import { concatenated } from "../formats/concatenated.ts"
import { randomSecret } from "../random.ts"
import { x25519Agreement, x25519PublicKey } from "../x25519-agreement.ts"
import { invalidFile } from "./invalid-file.ts"
import type { Identity, Recipient, Stanza } from "./stanza.ts"
import { argumentBytes, argumentOf, requireArguments } from "./stanza-fields.ts"
import { unwrapFileKey, wrapFileKey } from "./wrapped-file-key.ts"

export const x25519Type = "X25519"
const keySize = 32
const info = Buffer.from("age-encryption.org/v1/X25519")

/** Some milliseconds of agreements. */
const stanzasAtOnce = 32

/** @param publicKey - 32 bytes, of an X25519 key (RFC 7748) */
export function x25519Recipient(publicKey: Uint8Array): Recipient {
  return {
    async wrap(fileKey) {
      using ephemeral = randomSecret(keySize)
      const share = x25519PublicKey(ephemeral)
      using shared = x25519Agreement(ephemeral, publicKey)
      if (shared === null) throw invalidFile("a recipient of low order")
      using wrapKey = wrapKeyOf(shared, share, publicKey)
      return { type: x25519Type, args: [argumentOf(share)], body: wrapFileKey(wrapKey, fileKey) }
    },
  }
}

/** @param privateKey - 32 bytes, of an X25519 key (RFC 7748); stays the caller's */
export function x25519Identity(privateKey: Secret): Identity {
  const publicKey = x25519PublicKey(privateKey)
  return {
    async unwrap(stanzas) {
      for (const [index, stanza] of stanzas.filter((each) => each.type === x25519Type).entries()) {
        if (index % stanzasAtOnce === stanzasAtOnce - 1) await eventLoopTurn()
        const fileKey = unwrapStanza(privateKey, publicKey, stanza)
        if (fileKey !== null) return fileKey
      }
      return null
    },
  }
}

function unwrapStanza(privateKey: Secret, publicKey: Uint8Array, stanza: Stanza): Secret | null {
  requireArguments(stanza, 1)
  const share = argumentBytes(stanza, 0, keySize)
  using shared = x25519Agreement(privateKey, share)
  if (shared === null) throw invalidFile("a stanza of X25519 with a share of low order")
  using wrapKey = wrapKeyOf(shared, share, publicKey)
  return unwrapFileKey(wrapKey, stanza)
}

function wrapKeyOf(shared: Secret, share: Uint8Array, publicKey: Uint8Array): Secret {
  return hkdfSha256(shared.bytes, concatenated([share, publicKey]), info, keySize)
}
