import { resolve } from "node:path"
import { command } from "../command.ts"
import { deliver } from "../deliver.ts"
import { argument, flag, integer, path, required, text } from "../field.ts"

/** In bytes; read from standard input it is held in memory. */
const largestExport = 1024 * 1024 * 1024

const auditList = command({
  path: ["audit", "list"],
  summary: "what happened in this vault, the oldest first",
  example: "audit list --key payroll --newest",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    key: text("K", "only rows about this key (its name, or its id)"),
    actor: text("WHO", "only what this one did, as the rows name them"),
    action: text("A", "only this operation, for example key.generate"),
    outcome: text("O", "only what ended so: done, denied or failed"),
    since: text("T", "only rows from this time on (RFC 3339)"),
    until: text("T", "only rows before this time"),
    newest: flag("the newest rows first"),
    limit: integer("N", "at most so many rows (100)"),
    cursor: text("C", "go on after the page that gave this as `next`, in the same order"),
  },
  columns: ["seq", "at", "actor", "action", "target", "outcome"],
  run: ({ ask }, args) => ask("audit.list", args),
})

const auditSummary = command({
  path: ["audit", "summary"],
  summary: "who did what how often, and what was unusual: bursts, odd hours, keys used after a long rest",
  example: "audit summary",
  vault: "opened",
  inBatch: "grouped",
  fields: { limit: integer("N", "at most so many unusual things, the newest first (100)") },
  run: ({ ask }, args) => ask("audit.summary", args),
})

const auditVerify = command({
  path: ["audit", "verify"],
  summary: "prove that the log, or an exported one, is as it was written; exit status 7 when it is not",
  example: "audit verify log.jsonl --signer SHA256:…",
  vault: "named",
  inBatch: "grouped",
  fields: {
    file: argument(path("FILE", "an export, - is standard input; needs no vault (without it: the log of the vault)")),
    signer: text("KEY", "who must have signed the export, as `vault info` shows it"),
  },
  async run(context, { file, signer }) {
    if (file === "-") {
      using content = await context.readInput(file, largestExport, "file")
      return await context.ask("audit.verify-export", { content: content.bytes, signer })
    }
    if (file !== undefined) return await context.ask("audit.verify-export", { file: resolve(file), signer })
    await context.unlock()
    return await context.ask("audit.verify", {})
  },
  exitStatus: ({ ok }) => (ok ? 0 : 7),
})

const auditExport = command({
  path: ["audit", "export"],
  summary: "write the log to a file that can be verified without the vault",
  example: "audit export log.jsonl",
  vault: "opened",
  inBatch: "alone",
  fields: {
    out: argument(required(path("OUT", "the file to write; - is standard output"))),
    force: flag("replace OUT when it exists"),
  },
  async run(context, { out, force }) {
    if (out !== "-") return await context.ask("audit.export", { out: resolve(out), force })
    return await deliver(context, { out, force }, async () => {
      const { exported = new Uint8Array(0), ...about } = await context.ask("audit.export", {})
      const inline = (bytes: Uint8Array) => ({ exported: new TextDecoder().decode(bytes) })
      return { bytes: exported, isSecret: false, about, inline }
    })
  },
})

const auditPack = command({
  path: ["audit", "pack"],
  summary: "write a signed archive for an auditor: the log, the inventory, policies, findings, certificates, incidents",
  example: "audit pack audit-2026.zip",
  vault: "opened",
  inBatch: "alone",
  fields: {
    out: argument(
      required(path("OUT", "the ZIP file to write, mode 0600; it names keys and owners, and holds no material")),
    ),
    force: flag("replace OUT when it exists"),
  },
  run: ({ ask }, { out, force }) => ask("audit.pack", { out: resolve(out), force }),
})

export const auditCommands = [auditList, auditSummary, auditVerify, auditExport, auditPack]
