import type { DestructionCertificate, SignedCertificate } from "../../preload/contract/key-destruction.ts"
import type { DocumentBlock, WrittenDocument } from "./written-document.ts"

/** A certificate of destruction for people, with what proves it: the signature is over the statement, which the JSON form holds. */
export function destructionPage({ certificate, publicKey, signature }: SignedCertificate, at: string): WrittenDocument {
  const { name, versions, reason, method, backups, destroyedBackups } = certificate
  const blocks: readonly DocumentBlock[] = [
    { kind: "facts", facts: factsOf(certificate) },
    heading("What was destroyed"),
    {
      kind: "table",
      columns: ["Version", "Fingerprint", "Check value"],
      rows: versions.map(({ version, fingerprint, kcv }) => [String(version), fingerprint ?? "none", kcv ?? ""]),
    },
    heading("How, and why"),
    { kind: "text", text: method === "" ? "The log does not say how." : method },
    { kind: "text", text: `Reason: ${reason === "" ? "none was given" : reason}` },
    heading("Who"),
    actsTable(certificate),
    heading("Copies that the vault knows of"),
    ...(backups.length === 0
      ? [{ kind: "text", text: "No backup that the vault knows of holds it any more." } as const]
      : [
          { kind: "notice", text: "These backups still hold it. Whoever opens one has the key again." } as const,
          {
            kind: "table",
            columns: ["Backup", "Made"],
            rows: backups.map(({ path, createdAt }) => [path, createdAt]),
          } as const,
        ]),
    ...(certificate.exports.length === 0 ? [] : [exportsTable(certificate)]),
    ...(destroyedBackups.length === 0 ? [] : [destroyedTable(certificate)]),
    heading("Proof"),
    {
      kind: "facts",
      facts: [
        ["Row of the log", String(certificate.audit.seq)],
        ["Hash of that row", certificate.audit.hash],
        ["Audit key", publicKey],
        ["Signature", signature],
      ],
    },
    {
      kind: "text",
      text: "The signature is by Ed25519 (RFC 8032) over the RFC 8785 form of the certificate, which the JSON form of this document holds.",
    },
  ]
  return { title: `Certificate of destruction: ${name}`, at, blocks }
}

function heading(text: string): DocumentBlock {
  return { kind: "heading", text }
}

function factsOf({
  keyId,
  name,
  algorithm,
  destroyedAt,
  vaultId,
}: DestructionCertificate): (readonly [string, string])[] {
  return [
    ["Key", `${name} (${keyId})`],
    ["Algorithm", algorithm],
    ["Destroyed", destroyedAt],
    ["Vault", vaultId],
  ]
}

function actsTable({ acts, approvals }: DestructionCertificate): DocumentBlock {
  return {
    kind: "table",
    columns: ["Act", "Who", "At", "Row of the log"],
    rows: [
      ...acts.map(({ act, actor, at, seq }) => [act, actor, at, String(seq)]),
      ...approvals.map(({ actor, at }) => ["approved", actor, at, ""]),
    ],
  }
}

function exportsTable({ exports }: DestructionCertificate): DocumentBlock {
  return {
    kind: "table",
    columns: ["Left the vault as", "By whom", "At", "Protected by"],
    rows: exports.map(({ format, actor, at, protection }) => [format, actor, at, protection]),
  }
}

function destroyedTable({ destroyedBackups }: DestructionCertificate): DocumentBlock {
  return {
    kind: "table",
    columns: ["Backup that held it", "Made", "Destroyed, as was said", "How"],
    rows: destroyedBackups.map(({ path, createdAt, destroyedAt, reason }) => [path, createdAt, destroyedAt, reason]),
  }
}
