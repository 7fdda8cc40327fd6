import { resolve } from "node:path"
import { command } from "../command.ts"
import { argument, flag, integer, path, required, text } from "../field.ts"

const auditList = command({
  path: ["audit", "list"],
  summary: "what happened in this vault, the oldest first",
  example: "audit list --key payroll --newest",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    key: text("K", "only rows about this key"),
    action: text("A", "only this operation, for example key.generate"),
    since: text("T", "only rows from this time on (RFC 3339)"),
    newest: flag("the newest rows first"),
    limit: integer("N", "at most so many rows (100)"),
    cursor: text("C", "go on after the page that gave this as `next`, in the same order"),
  },
  columns: ["seq", "at", "actor", "action", "target", "outcome"],
  run: ({ ask }, args) => ask("audit.list", args),
})

const auditVerify = command({
  path: ["audit", "verify"],
  summary: "prove that the log, or an exported one, is as it was written; exit status 7 when it is not",
  example: "audit verify log.jsonl --signer SHA256:…",
  vault: "named",
  inBatch: "grouped",
  fields: {
    file: argument(path("FILE", "an export; needs no vault (without it: the log of the vault)")),
    signer: text("KEY", "who must have signed the export, as `vault info` shows it"),
  },
  async run(context, { file, signer }) {
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
  fields: { out: argument(required(path("OUT", "the file to write"))), force: flag("replace OUT when it exists") },
  run: ({ ask }, { out, force }) => ask("audit.export", { out: resolve(out), force }),
})

export const auditCommands = [auditList, auditVerify, auditExport]
