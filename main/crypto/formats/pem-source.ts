import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { readEncryptedPkcs8, readPkcs1, readPkcs8, readSec1 } from "./der-source.ts"
import { readNamedCurve } from "./ec-private-key.ts"
import { disposeOf, type Imported, importAll, type KeyReader, type ReadOptions } from "./imported-key.ts"
import type { KeySource } from "./key-source.ts"
import { isOpensshEncrypted, readOpenssh } from "./openssh-private-key.ts"
import { decodePem, isPem, type PemBlock } from "./pem.ts"
import { publicKeyAlone } from "./public-key-alone.ts"
import { decodePublicKeyInfo, encodePublicKeyInfo } from "./public-key-info.ts"
import { normalisedText } from "./text-lines.ts"

interface PrivateBlockKind {
  readonly formatOf: (content: Uint8Array) => string
  readonly read: KeyReader
}

/** Blocks with private keys, by label (RFC 7468, 10 and 11; the older labels are OpenSSL's). */
const privateBlocks: ReadonlyMap<string, PrivateBlockKind> = new Map<string, PrivateBlockKind>([
  ["PRIVATE KEY", { formatOf: () => "pkcs8-pem", read: readPkcs8 }],
  ["ENCRYPTED PRIVATE KEY", { formatOf: () => "pkcs8-encrypted", read: readEncryptedPkcs8 }],
  ["RSA PRIVATE KEY", { formatOf: () => "pkcs1-pem", read: readPkcs1 }],
  ["EC PRIVATE KEY", { formatOf: () => "sec1-pem", read: readSec1 }],
  [
    "OPENSSH PRIVATE KEY",
    { formatOf: (content) => (isOpensshEncrypted(content) ? "openssh-encrypted" : "openssh"), read: readOpenssh },
  ],
])

const publicLabel = "PUBLIC KEY"

/** `openssl ecparam -genkey` writes this block before the key, which names the curve itself. */
const parametersLabel = "EC PARAMETERS"

/**
 * Recognises PEM. Every private block is read; a public key beside them must belong to one of them; the format is `pem` when blocks differ in kind.
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
    return { format: formatOf(blocks), read: (options) => readBlocks(blocks, options), [Symbol.dispose]: dispose }
  } catch (error) {
    dispose()
    throw error
  }
}

function formatOf(blocks: readonly PemBlock[]): string {
  const formats = new Set<string>()
  for (const { label, content } of blocks) {
    const kind = privateBlocks.get(label)
    if (kind !== undefined) formats.add(kind.formatOf(content.bytes))
    else if (label === parametersLabel) requireNamedCurve(content.bytes)
    else if (label !== publicLabel) throw new VaultError("INVALID_INPUT", "PEM: a block that is no key")
  }
  const [first] = formats
  if (first === undefined) throw publicKeyAlone()
  return formats.size === 1 ? first : "pem"
}

function requireNamedCurve(content: Uint8Array): void {
  const reader = new DerReader(content, "EC parameters")
  readNamedCurve(reader)
  reader.end()
}

async function readBlocks(blocks: readonly PemBlock[], options: ReadOptions): Promise<Imported[]> {
  const keys = await importAll(blocks, async ({ label, content }) => {
    return (await privateBlocks.get(label)?.read(content.bytes, options)) ?? []
  })
  try {
    for (const { label, content } of blocks) {
      if (label === publicLabel) requireOwnPublicKey(content.bytes, keys)
    }
    return keys
  } catch (error) {
    disposeOf(keys)
    throw error
  }
}

function requireOwnPublicKey(content: Uint8Array, keys: readonly Imported[]): void {
  const found = encodePublicKeyInfo(decodePublicKeyInfo(content).parts)
  const isOwn = keys.some(
    (key) => "material" in key && key.publicKey !== null && Buffer.compare(key.publicKey, found) === 0,
  )
  if (!isOwn) throw new VaultError("INVALID_INPUT", "PEM: the public key is of another private key")
}
