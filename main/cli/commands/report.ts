import { hygieneFindings } from "../../../preload/contract/hygiene-findings.ts"
import type { OutputOf } from "../../../preload/contract/index.ts"
import { csvLine } from "../../domain/comma-separated.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import type { Context } from "../context.ts"
import { deliver } from "../deliver.ts"
import { flag, integer, path, required, text, words } from "../field.ts"
import { showTable } from "../show-result.ts"

const limit = integer("N", "at most so many in the list (1000); the counts are of all")

/** Few enough to be one call's arguments. */
const pageOfKeys = 10_000

const hygieneFields = ["finding", "name", "keyring", "owner", "environment", "algorithm", "message", "fix"] as const

const reportDue = command({
  path: ["report", "due"],
  summary:
    "what is due for rotation, ends or is destroyed soon: keys, keyrings' own keys and the master key where a policy limits them",
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

const reportHygiene = command({
  path: ["report", "hygiene"],
  summary: "keys that work and have something wrong with them: how many, which, and what to do about it",
  example: "report hygiene --find weak,same-material,never-backed-up",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    find: words("F,F", `only these: ${hygieneFindings.join(", ")}`),
    unusedFor: text("D", "how long without use is long (90d)"),
    neverRotatedFor: text("D", "at what age a key that never rotated is named (2y)"),
    limit: integer("N", "at most so many keys in the list (1000; 0: none); the counts are of all"),
    cursor: text("C", "go on after the page that gave this as `next`"),
    format: text("F", "csv: all keys of the findings, a line each"),
    out: path("FILE", "where the CSV goes (standard output)"),
    force: flag("replace FILE when it exists"),
  },
  check({ format, out }) {
    if (format !== undefined && format !== "csv") throw new VaultError("INVALID_INPUT", "format: is not csv")
    if (format === undefined && out !== undefined) throw new VaultError("USAGE", "--format csv is missing")
  },
  columns: ["finding", "name", "keyring", "owner", "message", "fix"],
  async run(context, { format, out, force, ...args }) {
    if (format === undefined) return await context.ask("report.hygiene", args)
    return await deliver(context, { out: placeOf(out, context.isJson), force }, async () => {
      const { keys, counts } = await wholeHygiene(context, args)
      const lines = [hygieneFields, ...keys.map((key) => hygieneFields.map((field) => key[field]))]
      return plain(new TextEncoder().encode(lines.map(csvLine).join("")), { counts }, "report")
    })
  },
})

type Hygiene = OutputOf<"report.hygiene">

/** Page after page, unless a page was asked for. */
async function wholeHygiene(
  { ask }: Context,
  asked: object & { readonly limit: number | undefined },
): Promise<Hygiene> {
  if (asked.limit !== undefined) return await ask("report.hygiene", asked)
  const { next, ...whole } = await ask("report.hygiene", { ...asked, limit: pageOfKeys })
  for (let cursor = next; cursor !== undefined; ) {
    const page = await ask("report.hygiene", { ...asked, limit: pageOfKeys, cursor })
    whole.keys.push(...page.keys)
    cursor = page.next
  }
  return whole
}

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
  summary:
    "which keys a quantum computer breaks, whether what they protect must outlast that, and what does their job then",
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
  fields: { newest: integer("N", "only so many of the newest (all)") },
  show: showDestructions,
  run: ({ ask }, args) => ask("report.destructions", args),
})

export const reportCommands = [
  destructions,
  reportDue,
  reportHealth,
  reportHygiene,
  reportInventory,
  reportQuantum,
  reportUsage,
]

function showDestructions({ destructions: register }: OutputOf<"report.destructions">): string {
  return showTable(
    register.map(({ certificate: { name, versions, destroyedAt, reason, acts, backups } }) => ({
      destroyedAt,
      name,
      versions: versions.map(({ version }) => version),
      by: acts.find(({ act }) => act !== "asked")?.actor,
      reason,
      stillIn: backups.map(({ path: file }) => file),
    })),
  )
}

/** A document goes to standard output as it is, but where that takes one of JSON only. */
function placeOf(out: string | undefined, isJson: boolean): string | undefined {
  return out === undefined && !isJson ? "-" : out
}

function plain(bytes: Uint8Array<ArrayBuffer>, about: object, member: string) {
  return { bytes, isSecret: false, about, inline: (text: Uint8Array) => ({ [member]: new TextDecoder().decode(text) }) }
}
