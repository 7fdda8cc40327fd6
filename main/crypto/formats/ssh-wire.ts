import { VaultError } from "../../domain/vault-error.ts"

/**
 * Reads the data types of the SSH protocol (RFC 4251, section 5). Contents are views of the bytes given, never copies.
 *
 * Every method throws INVALID_INPUT naming `where` when the bytes are not what is asked for.
 */
export class SshReader {
  readonly #where: string
  #rest: Uint8Array

  /** @param where - the structure these bytes are, for the error message */
  constructor(bytes: Uint8Array, where: string) {
    this.#rest = bytes
    this.#where = where
  }

  /** The bytes that are left, up to the end. */
  get rest(): Uint8Array {
    return this.#rest
  }

  bytes(length: number): Uint8Array {
    if (length > this.#rest.length) throw this.#invalid("cut off")
    const bytes = this.#rest.subarray(0, length)
    this.#rest = this.#rest.subarray(length)
    return bytes
  }

  uint32(): number {
    const octets = this.bytes(4)
    return new DataView(octets.buffer, octets.byteOffset, 4).getUint32(0)
  }

  string(): Uint8Array {
    return this.bytes(this.uint32())
  }

  /** A string that is a name of the protocol: printable ASCII, up to 64 characters (RFC 4251, section 6). */
  name(): string {
    const text = Buffer.from(this.string()).toString("latin1")
    if (!/^[!-~]{1,64}$/.test(text)) throw this.#invalid("a name")
    return text
  }

  /** The magnitude of a non-negative mpint, without the sign octet; zero is empty. */
  unsignedMpint(): Uint8Array {
    const content = this.string()
    const [first, second = 0] = content
    if (first === undefined) return content
    if (first >= 0x80) throw this.#invalid("a negative number")
    if (first !== 0) return content
    if (second < 0x80) throw this.#invalid("a number with leading zeros")
    return content.subarray(1)
  }

  /** Nothing may follow. */
  end(): void {
    if (this.#rest.length > 0) throw this.#invalid("something follows its end")
  }

  #invalid(reason: string): VaultError {
    return new VaultError("INVALID_INPUT", `${this.#where}: ${reason}`)
  }
}

/** A uint32, big-endian. */
export function sshUint32(value: number): Uint8Array {
  const octets = new Uint8Array(4)
  new DataView(octets.buffer).setUint32(0, value)
  return octets
}

/** A string, as parts to be concatenated, so that a secret in it is copied once only. */
export function sshString(...parts: readonly Uint8Array[]): Uint8Array[] {
  return [sshUint32(parts.reduce((sum, { length }) => sum + length, 0)), ...parts]
}

/** A string of ASCII or UTF-8 text that is no secret. */
export function sshText(text: string): Uint8Array[] {
  return sshString(Buffer.from(text, "utf8"))
}

/** A non-negative mpint from its big-endian magnitude, as parts; leading zeros are dropped and the sign octet added. */
export function sshMpint(magnitude: Uint8Array): Uint8Array[] {
  const start = magnitude.findIndex((octet) => octet !== 0)
  const minimal = start === -1 ? magnitude.subarray(0, 0) : magnitude.subarray(start)
  const needsSign = (minimal[0] ?? 0) >= 0x80
  return needsSign ? sshString(new Uint8Array(1), minimal) : sshString(minimal)
}
