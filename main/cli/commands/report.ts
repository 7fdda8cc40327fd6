import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import { deliver } from "../deliver.ts"
import { flag, integer, path, required, text } from "../field.ts"

const limit = integer("N", "at most so many in the list (1000); the counts are of all")

const reportDue = command({
  path: ["report", "due"],
  summary:
    "what is due for rotation or ends soon: keys, keyrings' own keys and the master key where a policy limits them",
  example: "report due --within 30d --format ics --out keys.ics",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    within: text("D", "how far to look ahead (14d)"),
    limit,
    format: text("F", "ics for a calendar (RFC 5545)"),
    out: path("FILE", "where the calendar goes (standard output)"),
    force: flag("replace FILE when it exists"),
  },
  check({ format, out }) {
    if (format !== undefined && format !== "ics") throw new VaultError("INVALID_INPUT", "format: is not ics")
    if (format === undefined && out !== undefined) throw new VaultError("USAGE", "--format ics is missing")
  },
  columns: ["standing", "at", "event", "what", "name", "owner", "fix"],
  async run(context, { format, out, force, ...args }) {
    if (format === undefined) return await context.ask("report.due", args)
    return await deliver(context, { out: placeOf(out, context.isJson), force }, async () => {
      const { calendar = "", counts } = await context.ask("report.due", { ...args, calendar: true })
      return plain(new TextEncoder().encode(calendar), { counts }, "calendar")
    })
  },
})

const reportHealth = command({
  path: ["report", "health"],
  summary: "of what kinds and ages the active keys are",
  example: "report health",
  vault: "opened",
  inBatch: "grouped",
  fields: {},
  run: ({ ask }) => ask("report.health", {}),
})

const reportInventory = command({
  path: ["report", "inventory"],
  summary: "all keys as a document for other programs, without material; that it was made is logged",
  example: "report inventory --format csv --out keys.csv",
  vault: "opened",
  inBatch: "alone",
  fields: {
    format: required(text("F", "csv, json, or cyclonedx: a cryptography bill of materials (CycloneDX 1.6)")),
    out: path("FILE", "where it goes (standard output)"),
    force: flag("replace FILE when it exists"),
  },
  run: (context, { format, out, force }) =>
    deliver(context, { out: placeOf(out, context.isJson), force }, async () => {
      const { report, ...about } = await context.ask("report.inventory", { format })
      return plain(report, about, "report")
    }),
})

const reportQuantum = command({
  path: ["report", "quantum"],
  summary: "which keys a quantum computer breaks, and what does their job then",
  example: "report quantum",
  vault: "opened",
  inBatch: "grouped",
  fields: { limit },
  run: ({ ask }, args) => ask("report.quantum", args),
})

const reportUsage = command({
  path: ["report", "usage"],
  summary: "keys that nobody uses: never used, unused for long, and of those the ones without an owner",
  example: "report usage --unused-for 180d",
  vault: "opened",
  inBatch: "grouped",
  fields: { unusedFor: text("D", "how long is long (90d)"), keyring: text("NAME", "only this one"), limit },
  run: ({ ask }, args) => ask("report.usage", args),
})

const destructions = command({
  path: ["report", "destructions"],
  summary: "the register of destructions: a signed certificate of each, with the backups that still hold the key",
  example: "report destructions",
  vault: "opened",
  inBatch: "grouped",
  fields: {},
  run: ({ ask }) => ask("report.destructions", {}),
})

export const reportCommands = [destructions, reportDue, reportHealth, reportInventory, reportQuantum, reportUsage]

/** A document goes to standard output as it is, but where that takes one of JSON only. */
function placeOf(out: string | undefined, isJson: boolean): string | undefined {
  return out === undefined && !isJson ? "-" : out
}

function plain(bytes: Uint8Array<ArrayBuffer>, about: object, member: string) {
  return { bytes, isSecret: false, about, inline: (text: Uint8Array) => ({ [member]: new TextDecoder().decode(text) }) }
}
