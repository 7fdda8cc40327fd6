import { Buffer } from "node:buffer"
import { type KeyObject, timingSafeEqual } from "node:crypto"
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs"
import { z } from "zod"
import { Id, Label } from "../../preload/contract/values.ts"
import { canonicalBytes } from "../crypto/canonical-json.ts"
import { chunkBytes, openChunk, sealChunk, sealedChunkBytes } from "../crypto/chunk-stream.ts"
import { deriveKey } from "../crypto/derive.ts"
import { hmacSha256 } from "../crypto/hmac.ts"
import { aadFor, secretKey } from "../crypto/seal.ts"
import { Turns } from "../crypto/turns.ts"
import type { Json } from "../domain/audit-entry.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { LargeFile } from "../files/replace-file.ts"
import { Base64, toBase64 } from "./base64.ts"
import { requireUnambiguousJson } from "./unambiguous-json.ts"
import { Keyslots } from "./vault-header.ts"

const magic = Buffer.from("claviger-backup/1\n")
const maxHeaderBytes = 64 * 1024

const Header = z.strictObject({
  format: z.literal("claviger-backup"),
  version: z.literal(1),
  backupId: Id,
  vaultId: Id,
  createdAt: z.iso.datetime(),
  label: Label.optional(),
  keyslots: Keyslots,
  mac: Base64.refine(({ length }) => length === 32, "is not 32 bytes long"),
})
export type BackupHeader = Omit<z.infer<typeof Header>, "mac">

/** The keys of one backup: made from the master key that its keyslots give. */
interface BackupKeys {
  readonly stream: KeyObject
  readonly mac: KeyObject
  readonly aad: Uint8Array
}

function keysOf(masterKey: Secret, { vaultId, backupId }: BackupHeader): BackupKeys {
  using stream = deriveKey(masterKey, vaultId, `backup/${backupId}`)
  using mac = deriveKey(masterKey, vaultId, "backup-mac")
  return { stream: secretKey(stream), mac: secretKey(mac), aad: aadFor("backup-chunk", { vaultId, backupId }) }
}

/** Where a stream of bytes comes from: fills the buffer as far as it can; 0 is the end. */
type Source = (buffer: Uint8Array) => number

/** Writes magic, header and the sealed chunks of `source` to a file that is open for writing, and syncs it. */
export async function writeBackupFile(
  file: number,
  header: BackupHeader,
  masterKey: Secret,
  source: Source,
): Promise<void> {
  const keys = keysOf(masterKey, header)
  const mac = toBase64(hmacSha256(keys.mac, canonicalBytes(header as Json)))
  const headerBytes = Buffer.from(JSON.stringify({ ...header, mac }))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(headerBytes.length)
  const written = new LargeFile(file)
  await written.write(Buffer.concat([magic, length, headerBytes]))
  const turns = new Turns()
  let current = fill(source)
  for (let index = 0; ; index += 1) {
    const next = current.length < chunkBytes ? new Uint8Array(0) : fill(source)
    const isLast = next.length === 0
    await written.write(sealChunk(keys.stream, { index, isLast }, current, keys.aad))
    if (isLast) break
    current = next
    await turns.breathe()
  }
  written.sync()
}

function fill(source: Source): Uint8Array {
  const buffer = new Uint8Array(chunkBytes)
  let filled = 0
  while (filled < buffer.length) {
    const read = source(buffer.subarray(filled))
    if (read === 0) break
    filled += read
  }
  return buffer.subarray(0, filled)
}

/** A backup that is being read: its header, not to be believed before `authenticate`. */
export class BackupReader implements Disposable {
  readonly header: BackupHeader
  readonly #file: number
  readonly #mac: Uint8Array
  #position: number
  readonly #end: number

  /** @throws `UNSUPPORTED_VERSION`, `VAULT_CORRUPT` */
  constructor(path: string) {
    // A pipe in its place would keep whoever opens it waiting, for ever and with all of the program.
    this.#file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stat = fstatSync(this.#file)
      if (!stat.isFile()) throw new VaultError("VAULT_CORRUPT", "the file is not a Claviger backup")
      this.#end = stat.size
      this.#position = 0
      const { mac, ...header } = parseHeader(this.#readHeader())
      this.header = header
      this.#mac = mac
    } catch (error) {
      closeSync(this.#file)
      throw error
    }
  }

  /** Bytes of the file. */
  get size(): number {
    return this.#end
  }

  /** Of them, those that were read. */
  get done(): number {
    return this.#position
  }

  /** Whether the header is the one that was written under this master key. */
  isAuthentic(masterKey: Secret): boolean {
    return timingSafeEqual(
      this.#mac,
      hmacSha256(keysOf(masterKey, this.header).mac, canonicalBytes(this.header as Json)),
    )
  }

  /** Gives the chunks to `sink` in order. @throws `INTEGRITY_FAILED` when one was changed, is missing or was added */
  async read(masterKey: Secret, sink: (chunk: Uint8Array) => Promise<void>): Promise<void> {
    const keys = keysOf(masterKey, this.header)
    const turns = new Turns()
    for (let index = 0; ; index += 1) {
      const sealed = this.#take(Math.min(sealedChunkBytes, this.#end - this.#position))
      const isLast = this.#position === this.#end
      const chunk = openChunk(keys.stream, { index, isLast }, sealed, keys.aad)
      if (chunk === null)
        throw new VaultError("INTEGRITY_FAILED", `the backup is damaged or cut off in chunk ${index + 1}`)
      await sink(chunk)
      if (isLast) return
      await turns.breathe()
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#file)
  }

  #readHeader(): Uint8Array {
    const start = this.#take(magic.length)
    if (!Buffer.from(start).equals(magic)) {
      if (Buffer.from(start).toString("latin1").startsWith("claviger-backup/"))
        throw new VaultError("UNSUPPORTED_VERSION", "backup")
      throw new VaultError("VAULT_CORRUPT", "the file is not a Claviger backup")
    }
    const length = Buffer.from(this.#take(4)).readUInt32BE()
    if (length > maxHeaderBytes) throw new VaultError("VAULT_CORRUPT", "the backup's header is over 64 KiB")
    return this.#take(length)
  }

  #take(length: number): Uint8Array {
    const buffer = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      const read = readSync(this.#file, buffer, filled, length - filled, this.#position + filled)
      if (read === 0) throw new VaultError("VAULT_CORRUPT", "the backup is cut off")
      filled += read
    }
    this.#position += length
    return buffer
  }
}

function parseHeader(bytes: Uint8Array): z.infer<typeof Header> {
  try {
    return Header.parse(
      requireUnambiguousJson(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)),
    )
  } catch {
    throw new VaultError("VAULT_CORRUPT", "the backup's header is malformed")
  }
}

/** `replaced`: it is another backup by now. `damaged`: what is there does not begin as a backup does. */
export type BackupFileState = "there" | "missing" | "damaged" | "replaced"

/** What can be seen of a backup's file without a passphrase. */
export function stateOfBackupFile(path: string, backupId: string): BackupFileState {
  try {
    using reader = new BackupReader(path)
    return reader.header.backupId === backupId ? "there" : "replaced"
  } catch (error) {
    return error instanceof VaultError ? "damaged" : "missing"
  }
}

/** Which backup a file says it is; `null` when it is none, or is not there. */
export function backupIdIn(path: string): string | null {
  try {
    using reader = new BackupReader(path)
    return reader.header.backupId
  } catch {
    return null
  }
}
