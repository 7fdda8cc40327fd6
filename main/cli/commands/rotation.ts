import type { OutputOf } from "../../../preload/contract/index.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import { flag, list as keyList, path, required, text } from "../field.ts"
import { showResult } from "../show-result.ts"
import { withPin } from "../with-pin.ts"
import { name, reason } from "./key-fields.ts"
import { pinFields } from "./token-field.ts"

const why = text("R", "why, for the log")

const start = command({
  path: ["rotation", "start"],
  summary: "begin a rotation by steps: make a new version, which does no work yet",
  example: "rotation start payroll --grace 30d",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name,
    reason: why,
    grace: text("D", "how long the old version decrypts and verifies beside the new one (30d)"),
    ...pinFields,
  },
  run: (context, { pinFile, pinFd, ...args }) =>
    withPin(context, { pinFile, pinFd }, (pin) => context.ask("rotation.start", { ...args, ...pin })),
})

const list = command({
  path: ["rotation", "list"],
  summary: "rotations by steps that go on, and what each waits for",
  example: "rotation list",
  vault: "opened",
  inBatch: "grouped",
  fields: { key: keyList("NAME", "only of this key; may be repeated") },
  columns: ["name", "phase", "next", "waitsFor", "graceEndsAt", "dataKeysLeft"],
  run: ({ ask }, { key: keys }) => ask("rotation.list", keys === undefined ? {} : { keys }),
})

const show = command({
  path: ["rotation", "show"],
  summary: "how far the rotation of a key is",
  example: "rotation show payroll",
  vault: "opened",
  inBatch: "grouped",
  fields: { name },
  run: ({ ask }, args) => ask("rotation.show", args),
})

const advance = command({
  path: ["rotation", "advance"],
  summary: "do the next step: test both versions, let the new one take over, retire the old one",
  example: "rotation advance payroll",
  vault: "opened",
  inBatch: "alone",
  fields: { name, ...pinFields },
  async run(context, { name, pinFile, pinFd }) {
    const { next, waitsFor, fromVersion } = await context.ask("rotation.show", { name })
    if (waitsFor.length > 0) throw new VaultError("STATE_DENIED", waitsFor.join("; "))
    const confirmed =
      next === "retire" &&
      (await context.confirm(`Version ${fromVersion} will open nothing more. Type the key's name`, name))
    return await withPin(context, { pinFile, pinFd }, (pin) =>
      context.ask("rotation.advance", { name, confirmed, ...pin }),
    )
  },
})

const rewrap = command({
  path: ["rotation", "rewrap"],
  summary:
    "move all data keys that the vault knows of a key to its current version, seen by nobody; exit status 7 when some do not open",
  example: "rotation rewrap payroll",
  vault: "opened",
  inBatch: "alone",
  fields: { name, ...pinFields },
  run: (context, { name, pinFile, pinFd }) =>
    withPin(context, { pinFile, pinFd }, (pin) => context.ask("rotation.rewrap", { name, ...pin })),
  exitStatus: ({ left }) => (left === undefined ? 0 : 7),
})

const automatic = command({
  path: ["rotation", "automatic"],
  summary: "rotate what is due in keyrings whose policy has keys rotate by themselves; for cron",
  example: "rotation automatic",
  vault: "opened",
  inBatch: "alone",
  fields: {},
  show: (result: OutputOf<"rotation.automatic">) =>
    result.rotated.length + result.notRotated.length === 0
      ? "Nothing that rotates by itself was due."
      : showResult(result),
  run: ({ ask }) => ask("rotation.automatic", {}),
})

/** Two commands that differ in their word. */
function hold(verb: "pause" | "resume", summary: string) {
  return command({
    path: ["rotation", verb],
    summary,
    example: `rotation ${verb} payroll`,
    vault: "opened",
    inBatch: "grouped",
    fields: { name, reason: why },
    run: ({ ask }, args) => ask(`rotation.${verb}`, args),
  })
}

const rollback = command({
  path: ["rotation", "rollback"],
  summary: "undo a rotation by steps: the old version does the work again",
  example: "rotation rollback payroll --reason 'clients were not ready'",
  vault: "opened",
  inBatch: "alone",
  fields: { name, reason, ...pinFields },
  run: (context, { pinFile, pinFd, ...args }) =>
    withPin(context, { pinFile, pinFd }, (pin) => context.ask("rotation.rollback", { ...args, ...pin })),
})

export const rotationCommands = [
  start,
  list,
  show,
  advance,
  rewrap,
  automatic,
  hold("pause", "let a rotation rest between its steps"),
  hold("resume", "let a paused rotation go on"),
  rollback,
]

/** Base64 of the largest plaintext, and the token's other parts. */
const largestToken = 2 * 1024 * 1024
const label = required(text("LABEL", "what the application calls it"))

const registerDatakey = command({
  path: ["key", "register-datakey"],
  summary: "leave a wrapped data key in the vault, to move when its key rotates",
  example: "key register-datakey payroll --label database --in data.key",
  vault: "opened",
  inBatch: "bulk",
  fields: { name, label, in: required(path("FILE", "the wrapped data key; - is standard input")) },
  async run(context, { in: path, ...args }) {
    using wrapped = await context.readInput(path, largestToken)
    return await context.ask("key.register-datakey", { ...args, wrapped: wrapped.bytes })
  },
})

const datakeys = command({
  path: ["key", "datakeys"],
  summary: "the data keys that the vault knows of a key, wrapped",
  example: "key datakeys payroll",
  vault: "opened",
  inBatch: "grouped",
  fields: { name, after: text("LABEL", "those after this one") },
  columns: ["label", "version", "wrapped"],
  run: ({ ask }, args) => ask("key.datakeys", args),
})

const forgetDatakey = command({
  path: ["key", "forget-datakey"],
  summary: "let the vault know nothing more of a wrapped data key, or of all that a key wraps",
  example: "key forget-datakey payroll --label database",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name,
    label: text("LABEL", "what the application calls it"),
    all: flag("every data key of this key"),
  },
  check({ label: one, all }) {
    if ((one === undefined) !== all) throw new VaultError("USAGE", "--label or --all")
  },
  run: ({ ask }, args) => ask("key.forget-datakey", args),
})

export const dataKeyCommands = [registerDatakey, datakeys, forgetDatakey]
