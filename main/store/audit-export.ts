import { Buffer } from "node:buffer"
import { createPublicKey, verify } from "node:crypto"
import { createReadStream } from "node:fs"
import { z } from "zod"
import type { ChainReport } from "../../preload/contract/audit.ts"
import { canonicalBytes } from "../crypto/canonical-json.ts"
import { equalBytes } from "../crypto/constant-time.ts"
import { sha256 } from "../crypto/hmac.ts"
import { Turns } from "../crypto/turns.ts"
import type { ChainHead, Json } from "../domain/audit-entry.ts"
import { VaultError } from "../domain/vault-error.ts"
import { AuditBody, chainPages, genesis, rowHash, toChainRow } from "./audit-chain.ts"
import { auditPublicKey, signedStatement } from "./audit-signer.ts"
import { Base64, toBase64 } from "./base64.ts"
import type { StoredVault } from "./stored-vault.ts"
import { requireUnambiguousJson } from "./unambiguous-json.ts"

const maxLineBytes = 1024 * 1024

const Row = z.strictObject({ row: z.strictObject(AuditBody.shape), prevHash: Base64, hash: Base64 })
const Trailer = z.strictObject({
  trailer: z.strictObject({
    format: z.literal("claviger-audit"),
    v: z.literal(1),
    vaultId: z.uuid(),
    exportedAt: z.string(),
    rows: z.int(),
    head: z.strictObject({ seq: z.int(), hash: z.string() }),
    /** SubjectPublicKeyInfo DER of the vault's Ed25519 audit key. */
    publicKey: Base64,
  }),
  /** Ed25519 over the RFC 8785 form of `trailer`. */
  signature: Base64,
})

/** How a public key is called here: `SHA256:` and base64 over its SubjectPublicKeyInfo. */
export function signerName(publicKey: Uint8Array): string {
  return `SHA256:${toBase64(sha256(publicKey))}`
}

/**
 * The log as JSON Lines: a line a row, then a trailer that the vault's audit key signs over the head, so that the
 * whole can be verified without the vault.
 */
export async function* exportedLines(vault: StoredVault, end: ChainHead): AsyncGenerator<Uint8Array> {
  const turns = new Turns()
  const previous = { hash: genesis.hash }
  for (const page of chainPages(vault.db)) {
    const lines = page.map((raw) => {
      const { hashed, hash } = toChainRow(raw)
      const body = Buffer.from(hashed.subarray(32)).toString("utf8")
      const line = `{"row":${body},"prevHash":"${toBase64(previous.hash)}","hash":"${toBase64(hash)}"}\n`
      previous.hash = hash
      return line
    })
    yield Buffer.from(lines.join(""))
    await turns.breathe()
  }
  yield Buffer.from(`${JSON.stringify(signedTrailer(vault, end))}\n`)
}

function signedTrailer(vault: StoredVault, end: ChainHead): Json {
  const { vaultId, derivedKeys, db } = vault
  const trailer = {
    format: "claviger-audit",
    v: 1,
    vaultId,
    exportedAt: new Date(vault.now()).toISOString(),
    rows: end.seq,
    head: { seq: end.seq, hash: toBase64(end.hash) },
    publicKey: toBase64(auditPublicKey(db, derivedKeys.auditSigning, vaultId)),
  }
  const { signature } = signedStatement(db, derivedKeys.auditSigning, vaultId, trailer)
  return { trailer, signature }
}

/**
 * Verifies an exported log without its vault: every hash, every number, the trailer's signature and its head.
 * @param source - the name of a file, or what would be in it
 * @param signer - the audit key that must have signed, as `vault info` shows it
 * @throws `INVALID_INPUT` when it is not an export at all
 */
export async function verifyExport(source: string | Uint8Array, signer: string | undefined): Promise<ChainReport> {
  let head = genesis
  const bad = (reason: string): ChainReport => ({
    ok: false,
    rows: head.seq,
    head: { seq: head.seq, hash: toBase64(head.hash) },
    firstBad: head.seq + 1,
    reason,
  })
  let trailer: z.infer<typeof Trailer> | null = null
  for await (const line of linesOf(source)) {
    if (trailer !== null) return bad("lines follow the trailer")
    const parsed = parseLine(line)
    if (parsed === null) return bad("is malformed")
    if ("trailer" in parsed) {
      trailer = parsed
      continue
    }
    const reason = flawInExport(parsed, head)
    if (reason !== null) return bad(reason)
    head = { seq: parsed.row.seq, hash: parsed.hash }
  }
  if (trailer === null) return bad("the export is cut off: it has no trailer")
  const reason = flawInTrailer(trailer, head, signer)
  if (reason !== null) return bad(reason)
  const { publicKey } = trailer.trailer
  return { ok: true, rows: head.seq, head: { seq: head.seq, hash: toBase64(head.hash) }, signer: signerName(publicKey) }
}

function flawInExport({ row, prevHash, hash }: z.infer<typeof Row>, previous: ChainHead): string | null {
  if (row.seq !== previous.seq + 1) return `row ${previous.seq + 1} is missing`
  if (!equalBytes(prevHash, previous.hash)) return "does not follow the row before it"
  return equalBytes(hash, rowHash(previous.hash, canonicalBytes(row))) ? null : "was edited"
}

function flawInTrailer(
  { trailer, signature }: z.infer<typeof Trailer>,
  head: ChainHead,
  signer: string | undefined,
): string | null {
  if (trailer.head.seq !== head.seq || trailer.rows !== head.seq || trailer.head.hash !== toBase64(head.hash)) {
    return "the trailer stands for another log: rows are missing at the end"
  }
  if (signer !== undefined && signer !== signerName(trailer.publicKey)) return "another audit key signed the trailer"
  return isSigned(trailer, signature) ? null : "the trailer's signature is wrong"
}

function isSigned(trailer: z.infer<typeof Trailer>["trailer"], signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(trailer.publicKey), format: "der", type: "spki" })
    const signed = canonicalBytes({ ...trailer, publicKey: toBase64(trailer.publicKey) })
    return key.asymmetricKeyType === "ed25519" && verify(null, signed, key, signature)
  } catch {
    return false
  }
}

function parseLine(line: string): z.infer<typeof Row> | z.infer<typeof Trailer> | null {
  try {
    // One reading only: a member that stands twice would show two things to two readers.
    return z.union([Row, Trailer]).parse(requireUnambiguousJson(line))
  } catch {
    return null
  }
}

const chunkBytes = 256 * 1024

/** Lines of a file, none longer than a row can be. */
async function* linesOf(source: string | Uint8Array): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true })
  let rest = ""
  for await (const chunk of chunksOf(source)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n")
    rest = lines.pop() ?? ""
    if (rest.length > maxLineBytes) throw new VaultError("INVALID_INPUT", "not an audit export: a line is over 1 MiB")
    yield* lines
  }
  const last = rest + decoder.decode()
  if (last !== "") yield last
}

function chunksOf(source: string | Uint8Array): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  return typeof source === "string" ? createReadStream(source, { highWaterMark: chunkBytes }) : slices(source)
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes)
}
