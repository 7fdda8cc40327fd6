import { base64 } from "../base64.ts"
import { command } from "../command.ts"
import { deliver } from "../deliver.ts"
import { flag, integer, path, text } from "../field.ts"
import { withPin } from "../with-pin.ts"
import { backupsLeft, showCertificates, showDestroyed } from "./backups-left.ts"
import { requireOneTime, timeOfDestruction } from "./destruction-fields.ts"
import { name, oneVersion, reason, requireKey } from "./key-fields.ts"
import { pinFields } from "./token-field.ts"

const destroy = command({
  path: ["key", "destroy"],
  summary: "destroy a key's material, after a waiting time in which it rests and that can be taken back, or now",
  example: "key destroy payroll --after 30d --reason 'project ended'",
  vault: "opened",
  inBatch: "alone",
  fields: {
    name,
    version: oneVersion,
    ...timeOfDestruction,
    reason,
    override: flag(
      "though something needs it: a second person has to approve that, which is refused until there can be one",
    ),
    ...pinFields,
  },
  check: requireOneTime,
  async run(context, { now, after, pinFile, pinFd, ...args }) {
    await requireKey(context, args.name)
    if (!now) return await context.ask("key.schedule-destroy", { ...args, after })
    const left = await backupsLeft(context, args.name, args.version)
    const confirmed = await context.confirm(`It is destroyed for good. ${left} Type the key's name`, args.name)
    return await withPin(context, { pinFile, pinFd }, (pin) =>
      context.ask("key.destroy", { ...args, confirmed, ...pin }),
    )
  },
  show: showDestroyed,
})

const cancel = command({
  path: ["key", "cancel-destroy"],
  summary: "take back a destruction that waits; a key that was at work rests until it is resumed",
  example: "key cancel-destroy payroll",
  vault: "opened",
  inBatch: "grouped",
  fields: { name, reason: text("R", "why, for the log") },
  run: ({ ask }, args) => ask("key.cancel-destroy", args),
})

const certificates = command({
  path: ["key", "certificates"],
  summary: "the signed certificates of all that was destroyed of a key, and which backups hold it still",
  example: "key certificates payroll --json",
  vault: "opened",
  inBatch: "alone",
  fields: { name },
  run: ({ ask }, args) => ask("key.certificates", args),
  show: showCertificates,
})

const certificate = command({
  path: ["key", "certificate"],
  summary: "a certificate of destruction as a document: signed JSON, or a page to print; that it was made is logged",
  example: "key certificate payroll --format pdf --out payroll.pdf",
  vault: "opened",
  inBatch: "alone",
  fields: {
    name,
    version: integer("N", "the destruction of this version (the newest of the key)"),
    format: text("F", "json, signed by the vault's audit key; md (Markdown); or pdf (json)"),
    out: path("FILE", "where it goes (standard output)"),
    force: flag("replace FILE when it exists"),
  },
  run: (context, { format = "json", out, force, ...args }) =>
    deliver(context, { out: out === undefined && !context.isJson ? "-" : out, force }, async () => {
      const { certificate: bytes, ...about } = await context.ask("key.certificate", { ...args, format })
      const encoded = (file: Uint8Array): string => (format === "pdf" ? base64(file) : new TextDecoder().decode(file))
      return { bytes, isSecret: false, about, inline: (file) => ({ certificate: encoded(file) }) }
    }),
})

export const keyDestroyCommands = [destroy, cancel, certificate, certificates]
