import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { attachCertificates } from "./certificate-chain.ts"
import { readEncryptedPkcs8, readPkcs1, readPkcs8, readSec1 } from "./der-source.ts"
import { readNamedCurve } from "./ec-private-key.ts"
import { isWholeSequence } from "./encrypted-private-key-info.ts"
import {
  disposeOf,
  type Imported,
  importAll,
  type KeyReader,
  type ReadOptions,
  requirePassphrase,
  type Warn,
  wrongPassphrase,
} from "./imported-key.ts"
import { type KeySource, warningSource } from "./key-source.ts"
import { decryptLegacy } from "./legacy-pem-encryption.ts"
import { isOpensshEncrypted, readOpenssh } from "./openssh-private-key.ts"
import { weakEncryption } from "./password-encryption.ts"
import { decodePem, isPem, type PemBlock } from "./pem.ts"
import { publicKeyAlone } from "./public-key-alone.ts"
import { decodePublicKeyInfo, encodePublicKeyInfo } from "./public-key-info.ts"
import { normalisedText } from "./text-lines.ts"

interface PrivateBlockKind {
  readonly formatOf: (content: Uint8Array) => string
  readonly read: KeyReader
  /** whether OpenSSL has encrypted such blocks by their headers */
  readonly mayBeLegacyEncrypted?: true
}

/** Blocks with private keys, by label (RFC 7468, 10 and 11; the older labels are OpenSSL's). */
const privateBlocks: ReadonlyMap<string, PrivateBlockKind> = new Map<string, PrivateBlockKind>([
  ["PRIVATE KEY", { formatOf: () => "pkcs8-pem", read: readPkcs8 }],
  ["ENCRYPTED PRIVATE KEY", { formatOf: () => "pkcs8-encrypted", read: readEncryptedPkcs8 }],
  ["RSA PRIVATE KEY", { formatOf: () => "pkcs1-pem", read: readPkcs1, mayBeLegacyEncrypted: true }],
  ["EC PRIVATE KEY", { formatOf: () => "sec1-pem", read: readSec1, mayBeLegacyEncrypted: true }],
  [
    "OPENSSH PRIVATE KEY",
    { formatOf: (content) => (isOpensshEncrypted(content) ? "openssh-encrypted" : "openssh"), read: readOpenssh },
  ],
])

const publicLabel = "PUBLIC KEY"

/** RFC 7468, 5, and what OpenSSL once wrote. */
const certificateLabels = ["CERTIFICATE", "X509 CERTIFICATE"]

/** `openssl ecparam -genkey` writes this block before the key, which names the curve itself. */
const parametersLabel = "EC PARAMETERS"

/**
 * Recognises PEM. Every private block is read; a public key beside them must belong to one of them, certificates go with their keys; the format is
 * `pem` when blocks differ in kind.
 *
 * @throws INVALID_INPUT for PEM that is broken, holds something else beside keys, or no private key
 */
export function recognisePem(file: Uint8Array): KeySource | null {
  const text = normalisedText(file)
  if (!isPem(text)) return null
  const blocks = decodePem(text)
  const dispose = (): void => {
    for (const { content } of blocks) content[Symbol.dispose]()
  }
  try {
    return warningSource(formatOf(blocks), (options, warn) => readBlocks(blocks, options, warn), dispose)
  } catch (error) {
    dispose()
    throw error
  }
}

function formatOf(blocks: readonly PemBlock[]): string {
  const formats = new Set<string>()
  for (const { label, content, encryption } of blocks) {
    const kind = privateBlocks.get(label)
    if (encryption !== null && kind?.mayBeLegacyEncrypted !== true) throw invalid("headers inside a block")
    if (kind !== undefined) formats.add(kind.formatOf(content.bytes))
    else if (label === parametersLabel) requireNamedCurve(content.bytes)
    else if (label !== publicLabel && !certificateLabels.includes(label)) throw invalid("a block that is no key")
  }
  const [first] = formats
  if (first !== undefined) return formats.size === 1 ? first : "pem"
  if (blocks.some(({ label }) => label === publicLabel)) throw publicKeyAlone()
  throw invalid("there is no private key in the file")
}

function requireNamedCurve(content: Uint8Array): void {
  const reader = new DerReader(content, "EC parameters")
  readNamedCurve(reader)
  reader.end()
}

async function readBlocks(blocks: readonly PemBlock[], options: ReadOptions, warn: Warn): Promise<Imported[]> {
  const keys = await importAll(blocks, (block) => readBlock(block, options, warn))
  try {
    for (const { label, content } of blocks) {
      if (label === publicLabel) requireOwnPublicKey(content.bytes, keys)
    }
    const certificates = blocks.filter(({ label }) => certificateLabels.includes(label))
    return attachCertificates(
      keys,
      certificates.map(({ content }) => ({ der: content.bytes })),
      warn,
    )
  } catch (error) {
    disposeOf(keys)
    throw error
  }
}

async function readBlock({ label, content, encryption }: PemBlock, options: ReadOptions, warn: Warn) {
  const kind = privateBlocks.get(label)
  if (kind === undefined) return []
  if (encryption === null) return await kind.read(content.bytes, options, warn)
  using decrypted = decryptLegacy(encryption, content.bytes, requirePassphrase(options))
  if (decrypted === null || !isWholeSequence(decrypted.bytes)) throw wrongPassphrase()
  warn(weakEncryption)
  return await kind.read(decrypted.bytes, options, warn)
}

function requireOwnPublicKey(content: Uint8Array, keys: readonly Imported[]): void {
  const found = encodePublicKeyInfo(decodePublicKeyInfo(content).parts)
  const isOwn = keys.some(
    (key) => "material" in key && key.publicKey !== null && Buffer.compare(key.publicKey, found) === 0,
  )
  if (!isOwn) throw invalid("the public key is of another private key")
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `PEM: ${reason}`)
}
