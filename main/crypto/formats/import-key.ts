import { isUtf8 } from "node:buffer"
import type { Algorithm, KeyFormat } from "../../../preload/contract/values.ts"
import type { FoundKeys } from "../../domain/key-crypto.ts"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { recogniseAge } from "./age-source.ts"
import { recogniseDer } from "./der-source.ts"
import { recogniseKeystore } from "./ethereum-keystore.ts"
import { recogniseForeign } from "./foreign-file.ts"
import { decodeHexadecimal } from "./hexadecimal.ts"
import type { Imported, ReadOptions } from "./imported-key.ts"
import { recogniseJwe } from "./json-web-encryption.ts"
import { readJsonWebKeys } from "./json-web-key.ts"
import { type KeyRecogniser, type KeySource, plainSource } from "./key-source.ts"
import { recogniseOpenpgp } from "./openpgp/read-openpgp.ts"
import { recognisePem } from "./pem-source.ts"
import { recognisePkcs12 } from "./pkcs12.ts"
import { recogniseSshPublicLine } from "./public-key-alone.ts"
import { recognisePutty } from "./putty-private-key.ts"
import { readHexadecimal, readRaw } from "./raw-key.ts"
import { normalisedText, trimmed } from "./text-lines.ts"

/** Larger than any key file. */
const maximumFileLength = 1024 * 1024

/** How to read a key file. */
export interface ImportOptions {
  readonly format: "auto" | KeyFormat
  readonly passphrase: Secret | null
  /** what `raw` and `hex` hold; a file that says its algorithm itself must hold this one */
  readonly algorithm?: Algorithm | undefined
}

/** Every format that tells itself, in the order they are tried; what none of them takes is bare bytes. */
const recognisers: readonly KeyRecogniser[] = [
  recogniseOpenpgp,
  // Before PEM, which an armoured file looks like.
  recogniseAge,
  recognisePem,
  recognisePutty,
  recogniseForeign,
  recogniseKeystore,
  recogniseJwe,
  recogniseJwk,
  recognisePkcs12,
  recogniseDer,
  recogniseSshPublicLine,
  recogniseBare,
]

/**
 * Reads every private or symmetric key in a file, whole and checked. Of several, each that can't be taken has its own reason.
 *
 * @param file - up to 1 MiB; stays the caller's, who wipes it
 * @returns the format found and the keys, which the caller disposes of
 * @throws INVALID_INPUT naming what is wrong, missing or not supported, when no key can be taken; WRONG_PASSPHRASE
 */
export async function importKeys(
  file: Uint8Array,
  { format, passphrase, algorithm = undefined }: ImportOptions,
): Promise<FoundKeys> {
  if (file.length === 0) throw invalid("the file is empty")
  if (file.length > maximumFileLength) throw invalid("the file is larger than 1 MiB")
  const options: ReadOptions = { passphrase, algorithm: algorithm ?? null }
  using source = sourceOf(file, format, options)
  if (format !== "auto" && format !== source.format) throw invalid(`the file is ${source.format}, not ${format}`)
  const keys = (await source.read(options)).map((key) => requireAlgorithm(key, options))
  const [first] = keys
  if (first !== undefined && "refusal" in first && keys.every((key) => "refusal" in key)) throw first.refusal
  return { format: source.format, keys, warnings: source.warnings ?? [] }
}

/** The key, or why it is not the one that was asked for. */
function requireAlgorithm(key: Imported, { algorithm }: ReadOptions): Imported {
  if ("refusal" in key || algorithm === null || key.algorithm === algorithm) return key
  key.material[Symbol.dispose]()
  return { comment: key.comment, refusal: invalid(`the file holds a key of ${key.algorithm}, not of ${algorithm}`) }
}

/** `raw` and `hex` are taken at their word, and a `secret` may look like anything; every other file tells its format. */
function sourceOf(file: Uint8Array, format: "auto" | KeyFormat, options: ReadOptions): KeySource {
  if (format === "raw") return rawSource(file)
  if (format === "auto" && options.algorithm === "secret") return secretSource(file, options)
  if (format === "hex") return hexadecimalSource(file)
  for (const recognise of recognisers) {
    const source = recognise(file, options)
    if (source !== null) return source
  }
  throw invalid("the format is not recognised; raw and hex need --algorithm")
}

/** Of the bytes of bare keys one in 256 begins as JSON does; next to none is UTF-8 to its end, as JSON is. */
function recogniseJwk(file: Uint8Array): KeySource | null {
  const text = normalisedText(file)
  return text[0] === 0x7b && isUtf8(text) ? plainSource("jwk", (options) => readJsonWebKeys(text, options)) : null
}

/** Without any mark of its own, a file is what `algorithm` says: in hexadecimal if it can be, otherwise as it is. */
function recogniseBare(file: Uint8Array, { algorithm }: ReadOptions): KeySource | null {
  if (algorithm === null) return null
  const decoded = decodeHexadecimal(trimmed(file))
  decoded?.fill(0)
  return decoded === null ? rawSource(file) : hexadecimalSource(file)
}

/** A passphrase is for a text that came in an age file. */
function secretSource(file: Uint8Array, options: ReadOptions): KeySource {
  return (options.passphrase === null ? null : recogniseAge(file)) ?? rawSource(file)
}

function rawSource(file: Uint8Array): KeySource {
  return plainSource("raw", (options) => readRaw(file, options))
}

function hexadecimalSource(file: Uint8Array): KeySource {
  return plainSource("hex", (options) => readHexadecimal(file, options))
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", reason)
}
