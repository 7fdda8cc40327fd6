import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto"

const tagBytes = 16

/** Plaintext bytes in every chunk but the last, which may be shorter (vault-format.md, "Backup"). */
export const chunkBytes = 64 * 1024
export const sealedChunkBytes = chunkBytes + tagBytes

interface ChunkPlace {
  /** Counts from 0. */
  readonly index: number
  readonly isLast: boolean
}

/**
 * Seals one chunk of a stream with AES-256-GCM. The nonce is the chunk's number and whether it is the last (the STREAM
 * construction of Hoang, Reyhanitabar, Rogaway and Vizár, as in age): a missing, moved or added chunk does not open.
 * @param key - used for this one stream only
 */
export function sealChunk(key: KeyObject, place: ChunkPlace, plaintext: Uint8Array, aad: Uint8Array): Uint8Array {
  const cipher = createCipheriv("aes-256-gcm", key, nonceOf(place))
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
  const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(place), { authTagLength: tagBytes })
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

/** 11 bytes of counter, 1 byte of flag. */
function nonceOf({ index, isLast }: ChunkPlace): Uint8Array {
  const nonce = new Uint8Array(12)
  const view = new DataView(nonce.buffer)
  view.setBigUint64(3, BigInt(index))
  view.setUint8(11, isLast ? 1 : 0)
  return nonce
}
