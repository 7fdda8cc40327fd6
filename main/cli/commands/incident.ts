import { VaultError } from "../../domain/vault-error.ts"
import { base64 } from "../base64.ts"
import { command } from "../command.ts"
import { deliver } from "../deliver.ts"
import { argument, flag, path, required, text } from "../field.ts"
import { showTable } from "../show-result.ts"
import { blastColumns, incident, showFollowed } from "./incident-fields.ts"
import { name, oneVersion } from "./key-fields.ts"

const preview = command({
  path: ["incident", "preview"],
  summary: "what a compromise of a key would bear on; nothing is changed or tracked",
  example: "incident preview payroll --since 2026-03-01",
  vault: "opened",
  inBatch: "grouped",
  fields: { name, version: oneVersion, since: text("T", "from when on others may have had it (RFC 3339)") },
  run: ({ ask }, args) => ask("incident.preview", args),
  columns: blastColumns,
})

const list = command({
  path: ["incident", "list"],
  summary: "what is, and was, being done about compromised keys, the newest first",
  example: "incident list --open",
  vault: "opened",
  inBatch: "grouped",
  fields: { open: flag("only what is not closed") },
  run: ({ ask }, { open }) => ask("incident.list", open ? { open } : {}),
  show: ({ incidents }) =>
    showTable(
      incidents.map(({ key, rehearsal, ...each }) => ({
        ...each,
        key: key.name,
        kind: rehearsal ? "REHEARSAL" : "incident",
      })),
      ["id", "key", "kind", "openedAt", "closedAt", "open", "overdue", "next"],
    ),
})

const show = command({
  path: ["incident", "show"],
  summary: "an incident: what it bears on, and how far each step of the answer is",
  example: "incident show payroll",
  vault: "opened",
  inBatch: "grouped",
  fields: { incident },
  run: ({ ask }, args) => ask("incident.show", args),
  show: showFollowed,
})

const step = command({
  path: ["incident", "step"],
  summary: "say how far a step of the answer is, whose it is, or until when",
  example: "incident step payroll rewrap --done --note 'all buckets moved'",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    incident,
    step: argument(required(text("STEP", "contain, replace, rewrap, revoke, destroy or review"))),
    done: flag("it is done"),
    notNeeded: flag("it is not needed; --note says why"),
    open: flag("it is to be done after all"),
    owner: text("WHO", "whose it is; an empty text: nobody's"),
    due: text("T", "until when (RFC 3339)"),
    note: text("TEXT", "what was done; needed with --done where the vault shows nothing of it"),
  },
  check({ done, notNeeded, open, owner, due, note }) {
    if (!done && !notNeeded && !open && owner === undefined && due === undefined && note === undefined) {
      throw new VaultError(
        "USAGE",
        "what is to be said of the step is missing: --done, --not-needed, --open, --owner, --due or --note",
      )
    }
    if ([done, notNeeded, open].filter(Boolean).length > 1) {
      throw new VaultError("USAGE", "--done, --not-needed or --open, not several")
    }
  },
  run({ ask }, { step: named, done, notNeeded, open, owner, ...args }) {
    const state = done ? "done" : notNeeded ? "not-needed" : open ? "open" : undefined
    return ask("incident.step", {
      ...args,
      step: named,
      ...(state === undefined ? {} : { state }),
      ...(owner === undefined ? {} : { owner: owner === "" ? null : owner }),
    })
  },
  show: showFollowed,
})

const close = command({
  path: ["incident", "close"],
  summary: "end an incident, once every other step is done, with what caused it",
  example: "incident close payroll --root-cause 'the laptop was not encrypted'",
  vault: "opened",
  inBatch: "grouped",
  fields: { incident, rootCause: required(text("TEXT", "what caused it")) },
  run: ({ ask }, args) => ask("incident.close", args),
  show: showFollowed,
})

const report = command({
  path: ["incident", "report"],
  summary:
    "the incident as a document: what happened when, by the log, what it bears on, what was done, and why; that it was made is logged",
  example: "incident report payroll --format pdf --out incident.pdf",
  vault: "opened",
  inBatch: "alone",
  fields: {
    incident,
    format: text("F", "md (Markdown) or pdf (md)"),
    out: path("FILE", "where it goes (standard output)"),
    force: flag("replace FILE when it exists"),
  },
  run: (context, { incident: which, format = "md", out, force }) =>
    deliver(context, { out: out === undefined && !context.isJson ? "-" : out, force }, async () => {
      const { report: bytes, ...about } = await context.ask("incident.report", { incident: which, format })
      const encoded = (file: Uint8Array): string => (format === "md" ? new TextDecoder().decode(file) : base64(file))
      return { bytes, isSecret: false, about, inline: (file) => ({ report: encoded(file) }) }
    }),
})

export const incidentCommands = [preview, list, show, step, close, report]
