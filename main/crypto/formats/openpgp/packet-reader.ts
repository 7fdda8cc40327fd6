import { VaultError } from "../../../domain/vault-error.ts"

/**
 * Reads the data types of OpenPGP (RFC 9580, section 3). Contents are views of the bytes given, never copies.
 *
 * Every method throws INVALID_INPUT naming `where` when the bytes are not what is asked for.
 */
export class PacketReader {
  readonly #where: string
  readonly #all: Uint8Array
  #position = 0

  /** @param where - the packet these bytes are of, for the error message */
  constructor(bytes: Uint8Array, where: string) {
    this.#all = bytes
    this.#where = where
  }

  /** How many bytes were read. */
  get position(): number {
    return this.#position
  }

  /** The bytes that are left, up to the end. */
  get rest(): Uint8Array {
    return this.#all.subarray(this.#position)
  }

  bytes(length: number): Uint8Array {
    const start = this.#position
    if (length > this.#all.length - start) throw this.invalid("cut off")
    this.#position += length
    return this.#all.subarray(start, this.#position)
  }

  octet(): number {
    return this.bytes(1)[0] ?? 0
  }

  uint16(): number {
    return this.#view(2).getUint16(0)
  }

  uint32(): number {
    return this.#view(4).getUint32(0)
  }

  /** Bytes behind an octet that counts them. */
  counted(): Uint8Array {
    return this.bytes(this.octet())
  }

  /**
   * The magnitude of a multiprecision integer (section 3.2), without leading zeros; zero is empty. GnuPG has written numbers with leading
   * zeros: the count of bits is read as what it says of the length, no more.
   */
  mpi(): Uint8Array {
    const octets = this.bytes(Math.ceil(this.uint16() / 8))
    const start = octets.findIndex((octet) => octet !== 0)
    return start === -1 ? octets.subarray(0, 0) : octets.subarray(start)
  }

  /** Nothing may follow. */
  end(): void {
    if (this.rest.length > 0) throw this.invalid("something follows its end")
  }

  invalid(reason: string): VaultError {
    return new VaultError("INVALID_INPUT", `${this.#where}: ${reason}`)
  }

  #view(length: number): DataView {
    const octets = this.bytes(length)
    return new DataView(octets.buffer, octets.byteOffset, length)
  }
}
