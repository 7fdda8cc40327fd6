import { Buffer } from "node:buffer"
import { z } from "zod"
import type { ChainHead } from "../domain/audit-entry.ts"
import { VaultError } from "../domain/vault-error.ts"
import { Base64, toBase64 } from "./base64.ts"

/** What a backup says it holds; the first thing in its encrypted stream. */
export interface BackupManifest {
  readonly keys: number
  readonly versions: number
  readonly head: ChainHead
  /** The vault's own creation time, for its header. */
  readonly createdAt: string
}

const Manifest = z.strictObject({
  keys: z.int(),
  versions: z.int(),
  seq: z.int(),
  hash: Base64,
  createdAt: z.iso.datetime(),
})
const maxBytes = 4096

export function encodeManifest({ keys, versions, head, createdAt }: BackupManifest): Uint8Array {
  const json = Buffer.from(JSON.stringify({ keys, versions, seq: head.seq, hash: toBase64(head.hash), createdAt }))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  return Buffer.concat([length, json])
}

/**
 * Reads the manifest at the start of the first chunk. @returns it and how many bytes it took
 * @throws `VAULT_CORRUPT`
 */
export function decodeManifest(chunk: Uint8Array): { manifest: BackupManifest; size: number } {
  const length = chunk.length < 4 ? maxBytes + 1 : Buffer.from(chunk).readUInt32BE()
  if (length > maxBytes || chunk.length < 4 + length)
    throw new VaultError("VAULT_CORRUPT", "the backup has no manifest")
  const { seq, hash, ...rest } = Manifest.parse(JSON.parse(Buffer.from(chunk.subarray(4, 4 + length)).toString("utf8")))
  return { manifest: { ...rest, head: { seq, hash } }, size: 4 + length }
}
