import { command } from "../command.ts"
import { text } from "../field.ts"
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
  fields: { name, version: oneVersion, ...timeOfDestruction, reason, ...pinFields },
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

export const keyDestroyCommands = [destroy, cancel, certificates]
