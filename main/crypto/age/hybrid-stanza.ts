import { setImmediate as eventLoopTurn } from "node:timers/promises"
import { ml_kem768_x25519 as kem } from "@noble/post-quantum/hybrid.js"
import { Secret } from "../../domain/secret.ts"
import { randomSecret } from "../random.ts"
import { hpkeContext } from "./hpke-context.ts"
import { invalidFile } from "./invalid-file.ts"
import type { Identity, Recipient, Stanza } from "./stanza.ts"
import { argumentBytes, argumentOf, requireArguments } from "./stanza-fields.ts"
import { unwrapFileKey, wrapFileKey } from "./wrapped-file-key.ts"

export const hybridType = "mlkem768x25519"

/** MLKEM768-X25519, also called X-Wing, among the KEMs of HPKE (draft-ietf-hpke-pq). */
const kemIdentifier = 0x647a
/** ML-KEM-768 and X25519. */
export const hybridPublicKeySize = 1216
const encapsulatedSize = 1120
/** 32 bytes for each of the two. */
const encapsulationRandomness = 64
const info = Buffer.from("age-encryption.org/mlkem768x25519")

/** @param publicKey - 1216 bytes */
export function hybridRecipient(publicKey: Uint8Array): Recipient {
  return {
    async wrap(fileKey) {
      using randomness = randomSecret(encapsulationRandomness)
      const { cipherText, sharedSecret } = encapsulated(publicKey, randomness)
      using shared = new Secret(sharedSecret)
      using context = hpkeContext(kemIdentifier, shared, info)
      return {
        type: hybridType,
        args: [argumentOf(cipherText)],
        body: wrapFileKey(context.key, fileKey, context.nonce),
      }
    },
  }
}

function encapsulated(publicKey: Uint8Array, randomness: Secret) {
  try {
    return kem.encapsulate(publicKey, randomness.bytes)
  } catch {
    throw invalidFile("a recipient that is no public key")
  }
}

/** @param seed - 32 bytes; stays the caller's */
export function hybridIdentity(seed: Secret): Identity {
  return {
    async unwrap(stanzas) {
      for (const stanza of stanzas.filter(({ type }) => type === hybridType)) {
        const fileKey = unwrapStanza(seed, stanza)
        if (fileKey !== null) return fileKey
        // Each takes some milliseconds.
        await eventLoopTurn()
      }
      return null
    },
  }
}

/** The recipient of an identity. */
export function hybridPublicKey(seed: Secret): Uint8Array<ArrayBuffer> {
  return new Uint8Array(kem.getPublicKey(seed.bytes))
}

function unwrapStanza(seed: Secret, stanza: Stanza): Secret | null {
  requireArguments(stanza, 1)
  using shared = sharedSecretIn(seed, argumentBytes(stanza, 0, encapsulatedSize))
  using context = hpkeContext(kemIdentifier, shared, info)
  return unwrapFileKey(context.key, stanza, context.nonce)
}

/** A changed ML-KEM part gives another secret, which opens nothing; only an X25519 part of low order is refused. */
function sharedSecretIn(seed: Secret, encapsulated: Uint8Array): Secret {
  try {
    return new Secret(new Uint8Array(kem.decapsulate(encapsulated, seed.bytes)))
  } catch {
    throw invalidFile("a stanza of mlkem768x25519 with a share of low order")
  }
}
