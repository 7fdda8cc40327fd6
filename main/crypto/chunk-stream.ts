import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto"
import { type ChunkPlace, streamNonce } from "./stream-nonce.ts"

const tagBytes = 16

/** Plaintext bytes in every chunk but the last, which may be shorter (vault-format.md, "Backup"). */
export const chunkBytes = 64 * 1024
export const sealedChunkBytes = chunkBytes + tagBytes

/**
 * Seals one chunk of a stream with AES-256-GCM.
 * @param key - used for this one stream only
 */
export function sealChunk(key: KeyObject, place: ChunkPlace, plaintext: Uint8Array, aad: Uint8Array): Uint8Array {
  const cipher = createCipheriv("aes-256-gcm", key, streamNonce(place))
  cipher.setAAD(aad)
  const body = cipher.update(plaintext)
  cipher.final()
  const sealed = new Uint8Array(body.length + tagBytes)
  sealed.set(body)
  sealed.set(cipher.getAuthTag(), body.length)
  return sealed
}

/** The chunk's plaintext, or `null` when it is not this stream's chunk of that place. */
export function openChunk(key: KeyObject, place: ChunkPlace, sealed: Uint8Array, aad: Uint8Array): Uint8Array | null {
  if (sealed.length < tagBytes) return null
  const decipher = createDecipheriv("aes-256-gcm", key, streamNonce(place), { authTagLength: tagBytes })
  decipher.setAAD(aad)
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  const plaintext = decipher.update(sealed.subarray(0, sealed.length - tagBytes))
  try {
    decipher.final()
    return plaintext
  } catch {
    plaintext.fill(0)
    return null
  }
}
