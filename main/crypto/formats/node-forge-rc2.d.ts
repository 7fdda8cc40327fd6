declare module "node-forge/lib/rc2.js" {
  /** The part of forge's buffers that RC2 uses. */
  export interface Octets {
    length(): number
    at(index: number): number
    setAt(index: number, octet: number): void
    putByte(octet: number): void
    putInt16Le(value: number): void
    getInt16Le(): number
    /** of ASCII-like characters, one for each octet; asked of the input only */
    getBytes(): string
  }

  interface Decryption {
    start(iv: Octets, output: Octets): void
    update(input: Octets): void
  }

  const rc2: {
    /** @param bits - effective key bits (RFC 2268, section 2); `key` is expanded in place, to 128 octets */
    createDecryptionCipher(key: Octets, bits: number): Decryption
  }
  export default rc2
}
