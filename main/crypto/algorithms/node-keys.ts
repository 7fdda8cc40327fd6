import { Secret } from "../../domain/secret.ts"
import type { Bytes } from "./algorithm-family.ts"

/** How `generateKeyPair` is to hand out what it made: bytes, never PEM, whose strings could not be wiped. */
export const derKeyPair = {
  publicKeyEncoding: { type: "spki", format: "der" },
  privateKeyEncoding: { type: "pkcs8", format: "der" },
} as const

/**
 * Material for a call of node:crypto. Bytes and not a `KeyObject`, which would keep a copy of the key until the garbage
 * collector comes by; a key passed as bytes is freed, and wiped by OpenSSL, with the call.
 */
export function privateKey(material: Uint8Array) {
  return { key: bufferOver(material), format: "der", type: "pkcs8" } as const
}

/** A SubjectPublicKeyInfo for a call of node:crypto. */
export function publicKey(spki: Uint8Array) {
  return { key: bufferOver(spki), format: "der", type: "spki" } as const
}

/** Waits for a key pair from the thread pool and keeps its private half, which contains the public one or determines it. */
export function generatedMaterial(
  start: (done: (error: Error | null, publicKey: Bytes, privateKey: Bytes) => void) => void,
): Promise<Secret> {
  return new Promise((resolve, reject) => {
    start((error, _publicKey, material) => {
      if (error === null) resolve(new Secret(material))
      else reject(error)
    })
  })
}

/** The same bytes as the `Buffer` that some signatures of node:crypto ask for; not a copy. */
function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
