import { Buffer } from "node:buffer"
import { createPublicKey } from "node:crypto"
import { resolve } from "node:path"
import type { OutputOf } from "../../preload/contract/index.ts"
import { canonicalBytes } from "../crypto/canonical-json.ts"
import type { ChainHead } from "../domain/audit-entry.ts"
import { timestamp } from "../domain/timestamp.ts"
import { giveName, requireReplaceable } from "../files/give-name.ts"
import { exportedLines, signerName } from "./audit-export.ts"
import { Base64, toBase64 } from "./base64.ts"
import type { StoredVault } from "./stored-vault.ts"
import { recordedName } from "./unfinished-file.ts"
import { requireOutside } from "./vault-directory.ts"
import { type PackedFile, ZipArchive } from "./zip-archive.ts"

/**
 * Writes a ZIP archive for an auditor: the log, these documents, the hash of each file in `manifest.json`, and the signature of that by the vault's
 * audit key (Ed25519, RFC 8032, over the bytes of the file).
 * @throws `ALREADY_EXISTS`, `IO_ERROR`
 */
export async function writeAuditPack(
  vault: StoredVault,
  { out, force }: { readonly out: string; readonly force: boolean },
  documents: () => AsyncIterable<PackedFile>,
): Promise<OutputOf<"audit.pack">> {
  const path = resolve(out)
  requireReplaceable(path, force)
  requireOutside(vault.directory, path)
  if (vault.journal.isGrouping()) throw new Error("rows that may still be undone can't be signed")
  return await recordedName(vault)(path, async (partial) => {
    const archive = new ZipArchive(partial)
    try {
      for await (const document of documents()) await archive.add(document)
      vault.journal.record(() => ({ entry: { action: "audit.pack", target: path }, result: undefined }))
      const end = vault.journal.head()
      await archive.add({ name: "log.jsonl", content: exportedLines(vault, end) })
      const signer = await addManifest(vault, archive, end)
      const files = [...archive.files]
      archive.finish()
      giveName(partial, path, force)
      return { path, files, rows: end.seq, head: { seq: end.seq, hash: toBase64(end.hash) }, signer }
    } finally {
      archive[Symbol.dispose]()
    }
  })
}

async function addManifest(vault: StoredVault, archive: ZipArchive, end: ChainHead): Promise<string> {
  const { statement, publicKey, signature } = vault.attest({
    format: "claviger-audit-pack",
    v: 1,
    vaultId: vault.vaultId,
    packedAt: timestamp(vault.now()),
    head: { seq: end.seq, hash: toBase64(end.hash) },
    files: archive.files.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
  })
  const key = Base64.parse(publicKey)
  const pem = createPublicKey({ key: Buffer.from(key), format: "der", type: "spki" }).export({
    format: "pem",
    type: "spki",
  })
  await archive.add({ name: "manifest.json", content: canonicalBytes(statement) })
  await archive.add({ name: "manifest.sig", content: Base64.parse(signature) })
  await archive.add({ name: "audit-key.pem", content: Buffer.from(pem) })
  return signerName(key)
}
