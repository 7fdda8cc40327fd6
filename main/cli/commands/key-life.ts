import { Secret } from "../../domain/secret.ts"
import { command } from "../command.ts"
import { integer, path, required, text } from "../field.ts"
import { showWithoutWarnings, warned } from "../warnings.ts"
import { withPin } from "../with-pin.ts"
import { name, oneVersion, reason, requireKey } from "./key-fields.ts"
import { askWithPassphrase, filePassphrase, filePassphraseFields, largestKeyFile } from "./key-file.ts"
import { pinFields } from "./token-field.ts"

const rotate = command({
  path: ["key", "rotate"],
  summary: "a new version does the work from now on; the old one only decrypts and verifies",
  example: "key rotate payroll --reason 'yearly' --grace 30d",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name,
    reason: text("R", "why, for the log"),
    grace: text("D", "how long the old version still decrypts and verifies (until it is trimmed)"),
    in: path("FILE", "the new version, brought along; - is standard input (without it: made here)"),
    format: text("F", "how FILE is written (auto)"),
    ...filePassphraseFields,
    ...pinFields,
  },
  async run(context, { in: path, format, inPassphraseFile, inPassphraseFd, pinFile, pinFd, ...args }) {
    if (path === undefined) {
      return await withPin(context, { pinFile, pinFd }, (pin) => context.ask("key.rotate", { ...args, ...pin }))
    }
    using file = await context.readInput(path, largestKeyFile)
    using given = await filePassphrase(inPassphraseFile, inPassphraseFd)
    return await askWithPassphrase(context, given, async (passphrase) => {
      using copy = Secret.copyOf(file.bytes)
      const material = { file: copy.bytes, format, passphrase }
      return warned(context, await context.ask("key.rotate", { ...args, material }))
    })
  },
  show: showWithoutWarnings,
})

/** Three commands that differ in their word: the transitions of NIST SP 800-57 that can be taken back, or not. */
function transition(verb: "suspend" | "resume" | "deactivate", summary: string) {
  return command({
    path: ["key", verb],
    summary,
    example: `key ${verb} payroll --reason 'under review'`,
    vault: "opened",
    inBatch: "grouped",
    fields: { name, version: oneVersion, reason },
    run: ({ ask }, args) => ask(`key.${verb}`, args),
  })
}

const trim = command({
  path: ["key", "trim"],
  summary: "destroy the versions below one; what they protected can't be opened any more",
  example: "key trim payroll --below 3 --yes",
  vault: "opened",
  inBatch: "alone",
  fields: {
    name,
    below: required(integer("N", "the oldest version that stays")),
    reason: text("R", "why, for the log"),
    ...pinFields,
  },
  async run(context, { pinFile, pinFd, ...args }) {
    await requireKey(context, args.name)
    const confirmed = await context.confirm("Old versions are destroyed for good. Type the key's name", args.name)
    return await withPin(context, { pinFile, pinFd }, (pin) => context.ask("key.trim", { ...args, confirmed, ...pin }))
  },
})

export const keyLifeCommands = [
  rotate,
  transition("suspend", "let a key, or a version, rest: nothing can be done with it until it is resumed"),
  transition("resume", "let a suspended key, or version, work again"),
  transition("deactivate", "end a key's active life: it decrypts and verifies what there is, and protects nothing new"),
  trim,
]
