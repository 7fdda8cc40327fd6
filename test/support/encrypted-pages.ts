import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from "node:crypto"

/**
 * The page format of SQLCipher 4 with a raw key, read without SQLite (https://www.zetetic.net/sqlcipher/design/): AES-256-CBC
 * with an own IV a page, HMAC-SHA-512 over ciphertext, IV and page number; both lie in the 80 reserved bytes at a
 * page's end. The first page begins with the salt, which here only makes the MAC key.
 */
export const pageSize = 4096
const reserved = 80
const saltSize = 16
const ivSize = 16
const tagSize = 64

/** Every page of the file in clear, in order. @throws Error naming a page whose MAC is wrong */
export function decryptPages(file: Buffer, key: Uint8Array): Buffer[] {
  const macKey = macKeyOf(file, key)
  return pagesOf(file).map((page, index) => decryptPage(page, index + 1, key, macKey))
}

export function pagesOf(file: Buffer): Buffer[] {
  return Array.from({ length: Math.floor(file.length / pageSize) }, (_, index) =>
    file.subarray(index * pageSize, (index + 1) * pageSize),
  )
}

/** SQLCipher makes the MAC key with two rounds of PBKDF2 over the key; each byte of the salt is changed by 0x3a. */
export function macKeyOf(file: Buffer, key: Uint8Array): Buffer {
  const salt = Buffer.from(file.subarray(0, saltSize)).map((byte) => byte ^ 0x3a)
  return pbkdf2Sync(key, salt, 2, 32, "sha512")
}

/** @param number - counts from 1 */
export function decryptPage(page: Buffer, number: number, key: Uint8Array, macKey: Buffer): Buffer {
  const start = number === 1 ? saltSize : 0
  const end = pageSize - reserved
  const ciphertext = page.subarray(start, end)
  const iv = page.subarray(end, end + ivSize)
  const tag = page.subarray(end + ivSize, end + ivSize + tagSize)
  const place = Buffer.alloc(4)
  place.writeUInt32LE(number)
  const expected = createHmac("sha512", macKey).update(ciphertext).update(iv).update(place).digest()
  if (!timingSafeEqual(tag, expected)) throw new Error(`the MAC of page ${number} is wrong`)
  const decipher = createDecipheriv("aes-256-cbc", key, iv).setAutoPadding(false)
  const plaintext = Buffer.concat([decipher.update(ciphertext), decipher.final()])
  return number === 1 ? Buffer.concat([Buffer.from("SQLite format 3\0"), plaintext]) : plaintext
}

export interface WalFrame {
  readonly pageNumber: number
  readonly page: Buffer
}

/** The frames of a write-ahead log (https://www.sqlite.org/fileformat2.html#walformat); also those that no longer count. */
export function framesOf(wal: Buffer): WalFrame[] {
  const frameSize = 24 + pageSize
  const count = Math.floor(Math.max(wal.length - 32, 0) / frameSize)
  return Array.from({ length: count }, (_, index) => {
    const start = 32 + index * frameSize
    return { pageNumber: wal.readUInt32BE(start), page: wal.subarray(start + 24, start + frameSize) }
  })
}
