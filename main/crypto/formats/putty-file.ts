import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { decodeBase64 } from "./base64.ts"
import { concatenated } from "./concatenated.ts"
import { decodeHexadecimal } from "./hexadecimal.ts"
import { type PuttyDerivation, requireBounded } from "./putty-encryption.ts"

const lineFeed = 0x0a
const carriageReturn = 0x0d
const longestValue = 1024

/** A key of 16,384 bits has some 130 lines. */
const maximumLines = 200

const kinds = { Argon2id: "argon2id", Argon2i: "argon2i", Argon2d: "argon2d" } as const

/** A PuTTY file (PuTTY's manual, appendix C), taken apart. */
export interface PuttyFile {
  readonly version: 2 | 3
  readonly type: string
  readonly isEncrypted: boolean
  /** as it stands there: the MAC covers it */
  readonly comment: Uint8Array
  readonly publicBlob: Uint8Array
  /** of version 3, and only where it is encrypted */
  readonly derivation: PuttyDerivation | null
  readonly privateSection: Uint8Array
  readonly mac: Uint8Array
}

/**
 * Reads the fields, in their one order.
 *
 * @param owned - is given the private section, which may lie open in the file
 * @throws INVALID_INPUT naming the field that is wrong
 */
export function readPuttyFile(file: Uint8Array, owned: DisposableStack): PuttyFile {
  const fields = new PuttyFields(file)
  const version = fields.has("PuTTY-User-Key-File-3") ? 3 : 2
  const type = fields.text(`PuTTY-User-Key-File-${version}`)
  const encryption = fields.text("Encryption")
  if (encryption !== "none" && encryption !== "aes256-cbc") throw invalid("the cipher is not supported")
  const isEncrypted = encryption !== "none"
  const comment = fields.value("Comment")
  const publicBlob = owned.use(fields.base64("Public-Lines")).bytes
  const derivation = version === 3 && isEncrypted ? readDerivation(fields) : null
  const privateSection = owned.use(fields.base64("Private-Lines")).bytes
  const mac = fields.hexadecimal("Private-MAC")
  fields.end()
  return { version, type, isEncrypted, comment, publicBlob, derivation, privateSection, mac }
}

function readDerivation(fields: PuttyFields): PuttyDerivation {
  const name = fields.text("Key-Derivation")
  if (!isKind(name)) throw invalid("the key derivation is not supported")
  const derivation: PuttyDerivation = {
    kind: kinds[name],
    memoryKiB: fields.number("Argon2-Memory"),
    passes: fields.number("Argon2-Passes"),
    lanes: fields.number("Argon2-Parallelism"),
    salt: fields.hexadecimal("Argon2-Salt"),
  }
  requireBounded(derivation)
  return derivation
}

function isKind(name: string): name is keyof typeof kinds {
  return Object.hasOwn(kinds, name)
}

/** Lines of `Name: value`, and blocks of base64 after those that count their lines. Values are views. */
class PuttyFields {
  #rest: Uint8Array

  constructor(file: Uint8Array) {
    this.#rest = file
  }

  has(name: string): boolean {
    const start = Buffer.from(`${name}: `)
    return Buffer.from(this.#rest.subarray(0, start.length)).equals(start)
  }

  value(name: string): Uint8Array {
    if (!this.has(name)) throw invalid(`${name} is missing`)
    const value = this.#line().subarray(name.length + 2)
    if (value.length > longestValue) throw invalid(`${name} is too long`)
    return value
  }

  text(name: string): string {
    return Buffer.from(this.value(name)).toString("latin1")
  }

  number(name: string): number {
    const text = this.text(name)
    if (!/^(?:0|[1-9][0-9]{0,9})$/.test(text)) throw invalid(`${name} is no number`)
    return Number(text)
  }

  hexadecimal(name: string): Uint8Array {
    const octets = decodeHexadecimal(this.value(name))
    if (octets === null) throw invalid(`${name} is not hexadecimal`)
    return octets
  }

  base64(name: string): Secret {
    const count = this.number(name)
    if (count < 1 || count > maximumLines) throw invalid(`${name} is not between 1 and ${maximumLines}`)
    using text = new Secret(concatenated(Array.from({ length: count }, () => this.#line())))
    const octets = decodeBase64(text.bytes, "base64")
    if (octets === null) throw invalid(`${name}: not base64`)
    return new Secret(octets)
  }

  /** Nothing may follow but ends of lines. */
  end(): void {
    if (this.#rest.some((octet) => octet !== lineFeed && octet !== carriageReturn)) {
      throw invalid("something follows its end")
    }
  }

  /** Without CR and LF, but with all other white space: the MAC covers it. */
  #line(): Uint8Array {
    const found = this.#rest.indexOf(lineFeed)
    const end = found === -1 ? this.#rest.length : found
    const line = this.#rest.subarray(0, end)
    this.#rest = this.#rest.subarray(end + 1)
    return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line
  }
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `PuTTY key: ${reason}`)
}
