import { pinIsNeeded } from "../../../preload/contract/failure.ts"
import type { OutputOf } from "../../../preload/contract/index.ts"
import type { TokenHealth } from "../../../preload/contract/token-health.ts"
import { printable } from "../../domain/printable.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import type { Context } from "../context.ts"
import { argument, integer, text } from "../field.ts"
import { showResult } from "../show-result.ts"
import { pinFields } from "./token-field.ts"

const uri = argument(text("URI", "the token (all that are there, or hold keys of the vault)"))

const check = command({
  path: ["token", "health"],
  summary: "look whether tokens are well, and keep what is found; exit status 6 when one is not",
  example: "token health pkcs11:token=backup --pin-file pin.txt",
  vault: "opened",
  inBatch: "alone",
  fields: { uri, ...pinFields },
  async run(context, { uri: token, ...source }) {
    using given = await context.pin({ file: source.pinFile, fd: source.pinFd }, "pin", { isAsked: false })
    if (token === undefined && given === null) return await context.ask("token.health", {})
    if (token === undefined) throw new VaultError("USAGE", "the PIN is one token's: say which")
    if (given !== null) return await context.ask("token.health", { uri: token, pin: given.bytes })
    return await askingForPin(context, token)
  },
  exitStatus: ({ tokens }) => (tokens.some(({ outcome }) => outcome === "failed") ? 6 : 0),
  show: ({ tokens }) => (tokens.length === 0 ? "There is no token." : tokens.map(shown).join("\n\n")),
})

/** A person is asked where the keys in it can't be tried without; where there is none, they are left out. */
async function askingForPin(context: Context, token: string): Promise<OutputOf<"token.health">> {
  try {
    return await context.ask("token.health", { uri: token, wantsPin: true })
  } catch (error) {
    if (!(error instanceof VaultError && error.code === "PIN_INCORRECT" && error.detail === pinIsNeeded)) throw error
    using asked = await context.pin({ file: undefined, fd: undefined }, "pin", { isAsked: true })
    return await context.ask("token.health", { uri: token, ...(asked === null ? {} : { pin: asked.bytes }) })
  }
}

function shown({ uri: token, outcome, checks }: TokenHealth): string {
  const head = `${printable(token)}: ${outcome}`
  return `${head}\n${showResult({ checks }, ["check", "outcome", "says"])}`
}

const history = command({
  path: ["token", "health", "history"],
  summary: "how tokens were when somebody looked, the newest first",
  example: "token health history pkcs11:token=backup",
  vault: "opened",
  inBatch: "alone",
  fields: { uri, limit: integer("N", "at most so many (100)") },
  run: ({ ask }, args) => ask("token.health.history", args),
  show: ({ reports }) => showResult({ reports: reports.map(inBrief) }, ["at", "outcome", "cause", "token", "found"]),
})

function inBrief({ at, outcome, cause, uri: token, checks }: TokenHealth): object {
  const found = checks.flatMap((one) =>
    one.outcome === "failed" || one.outcome === "warning" ? [`${one.check}: ${one.says}`] : [],
  )
  return { at, outcome, cause, token, found: found.join("; ") }
}

export const tokenHealthCommands = [check, history]
