import type { Octets } from "node-forge/lib/rc2.js"
import { Secret } from "../../domain/secret.ts"

const expandedKeyLength = 128

/**
 * RC2 in CBC mode (RFC 2268), decryption only: old PKCS #12 files have it, node:crypto has not.
 *
 * @param bits - effective bits of the key
 * @param ciphertext - whole blocks of 8 bytes
 * @returns the plaintext with its padding
 */
export async function decryptRc2Cbc(
  key: Uint8Array,
  bits: number,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Promise<Secret> {
  // Few files need it, and every start of the program would pay for it.
  const { default: rc2 } = await import("node-forge/lib/rc2.js")
  using expandedKey = Secret.ofSize(expandedKeyLength)
  // The library takes each block of ciphertext for the next initialisation vector and puts it behind this one.
  const chain = new Uint8Array(iv.length + ciphertext.length)
  const plaintext = Secret.ofSize(ciphertext.length)
  const cipher = rc2.createDecryptionCipher(new OctetQueue(expandedKey.bytes, key), bits)
  cipher.start(new OctetQueue(chain, iv), new OctetQueue(plaintext.bytes))
  cipher.update(new OctetQueue(new Uint8Array(ciphertext.length), ciphertext))
  return plaintext
}

/** A buffer as the library wants it, over memory of a fixed size that its owner wipes: forge's own are strings. */
class OctetQueue implements Octets {
  readonly #memory: Uint8Array
  #start = 0
  #end = 0

  constructor(memory: Uint8Array, content: Uint8Array = new Uint8Array()) {
    this.#memory = memory
    memory.set(content)
    this.#end = content.length
  }

  length(): number {
    return this.#end - this.#start
  }

  at(index: number): number {
    return this.#memory[this.#start + index] ?? 0
  }

  setAt(index: number, octet: number): void {
    this.#memory[this.#start + index] = octet
  }

  putByte(octet: number): void {
    this.#memory[this.#end] = octet
    this.#end += 1
  }

  putInt16Le(value: number): void {
    this.putByte(value & 0xff)
    this.putByte((value >> 8) & 0xff)
  }

  getInt16Le(): number {
    const value = this.at(0) | (this.at(1) << 8)
    this.#start += 2
    return value
  }

  getBytes(): string {
    const rest = Buffer.from(this.#memory.subarray(this.#start, this.#end)).toString("latin1")
    this.#start = this.#end
    return rest
  }
}
