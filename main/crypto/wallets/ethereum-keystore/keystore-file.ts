import { VaultError } from "../../../domain/vault-error.ts"
import { readJson } from "../../formats/strict-json.ts"
import { derivedSize, type KeystoreDerivation, requireBoundedCosts } from "./keystore-key.ts"

/** What a keystore file says. Nothing in it is secret: strings will do. */
export interface Keystore {
  readonly derivation: KeystoreDerivation
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
  readonly mac: Uint8Array
  /** 20 bytes, or null when the file does not say: it need not. */
  readonly address: Uint8Array | null
}

const mostBytes = 64 * 1024
const mostSaltBytes = 1024

/** @throws INVALID_INPUT naming the member that is missing, malformed or of another kind */
export function parseKeystore(file: Uint8Array): Keystore {
  if (file.length > mostBytes) throw invalid(`more than ${mostBytes} bytes`)
  // Strict, where JSON.parse takes the last of two members of one name.
  readJson(file)
  const whole = recordOf(JSON.parse(Buffer.from(file).toString("utf8")), "the file")
  if (whole["version"] !== 3) throw invalid("version: only 3 is known")
  // Written "Crypto" by the first programs.
  const crypto = recordOf(whole["crypto"] ?? whole["Crypto"], "crypto")
  if (crypto["cipher"] !== "aes-128-ctr") throw invalid("cipher: only aes-128-ctr is known")
  return {
    derivation: derivationOf(crypto),
    iv: bytesOf(recordOf(crypto["cipherparams"], "cipherparams")["iv"], "iv", 16, 16),
    ciphertext: bytesOf(crypto["ciphertext"], "ciphertext", 1, 32),
    mac: bytesOf(crypto["mac"], "mac", 32, 32),
    address: whole["address"] === undefined ? null : bytesOf(whole["address"], "address", 20, 20),
  }
}

function derivationOf(crypto: Readonly<Record<string, unknown>>): KeystoreDerivation {
  const parameters = recordOf(crypto["kdfparams"], "kdfparams")
  const number = (name: string) => numberOf(parameters[name], name)
  if (number("dklen") !== derivedSize) throw invalid(`dklen: only ${derivedSize} is known`)
  const salt = bytesOf(parameters["salt"], "salt", 0, mostSaltBytes)
  const derivation = derivationWith(crypto["kdf"], parameters["prf"], number, salt)
  requireBoundedCosts(derivation)
  return derivation
}

function derivationWith(
  kdf: unknown,
  prf: unknown,
  number: (name: string) => number,
  salt: Uint8Array,
): KeystoreDerivation {
  if (kdf === "scrypt") return { kdf, n: number("n"), r: number("r"), p: number("p"), salt }
  if (kdf === "pbkdf2" && prf === "hmac-sha256") return { kdf, c: number("c"), salt }
  throw invalid("kdf: only scrypt, and pbkdf2 with hmac-sha256, are known")
}

function recordOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(`${name}: not an object`)
  return Object.fromEntries(Object.entries(value))
}

function numberOf(value: unknown, name: string): number {
  if (typeof value !== "number") throw invalid(`${name}: not a number`)
  return value
}

/** Hexadecimal digits of either case, with or without "0x" before them. */
function bytesOf(value: unknown, name: string, least: number, most: number): Uint8Array {
  const [, digits] = (typeof value === "string" ? /^(?:0x)?((?:[0-9a-fA-F]{2})*)$/.exec(value) : null) ?? []
  const bytes = digits === undefined ? null : Buffer.from(digits, "hex")
  if (bytes === null || bytes.length < least || bytes.length > most) throw invalid(`${name}: not the bytes it must be`)
  return bytes
}

function invalid(detail: string): VaultError {
  return new VaultError("INVALID_INPUT", `keystore: ${detail}`)
}
