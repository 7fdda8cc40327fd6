import { resolve } from "node:path"
import { config } from "zod"
import type { Failure } from "../../preload/contract/failure.ts"
import { failures } from "../../preload/contract/failure.ts"
import type { Claviger } from "../operations/claviger.ts"
import { type ReportBug, toFailure } from "../operations/to-failure.ts"
import { type Invocation, readCommandLine } from "./command-line.ts"
import { batchCommand, batchFields } from "./commands/batch.ts"
import { takeFields } from "./field.ts"
import { globalFields } from "./global-options.ts"
import { Interrupted } from "./interrupted.ts"
import { Prompter } from "./prompter.ts"
import { answerText, failureDocument, failureLine } from "./report.ts"
import { endOnSignals } from "./signals.ts"
import { spelledForTerminal, spellForTerminal } from "./spelling.ts"
import { hearStreamErrors, writeAnswer, writeOut } from "./standard-output.ts"
import { terminalContext } from "./terminal-context.ts"
import { VaultPassphrase } from "./vault-passphrase.ts"

/** What the command line needs from the rest, opened only when a command runs. */
export interface Surroundings {
  /** @param patience - milliseconds to wait while another program has the vault open */
  readonly openClaviger: (reportBug: ReportBug, patience: number) => Promise<Claviger>
  readonly defaultVaultPath: string
  readonly version: () => string
}

type Asked = Extract<Invocation, { kind: "command" }>

/** Runs one command line. Whatever happens, the vault is locked at the end. @returns the exit status */
export async function runCommandLine(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  hearStreamErrors()
  const isJson = argv.includes("--json")
  const reportBug = bugReporter(argv.includes("--debug"))
  try {
    const invocation = readCommandLine(argv)
    if (invocation.kind === "command") return await runCommand(invocation, surroundings, reportBug)
    await writeOut(`${told(invocation, surroundings)}\n`)
    return 0
  } catch (error) {
    if (error instanceof Interrupted) return error.exitStatus
    return await reportFailure(toFailure(error, reportBug), isJson)
  }
}

function told(asked: Exclude<Invocation, Asked>, { version }: Surroundings): string {
  if (asked.kind === "help") return asked.isJson ? JSON.stringify({ help: asked.text }) : asked.text
  return asked.isJson ? JSON.stringify({ version: version() }) : `claviger ${version()}`
}

async function runCommand(asked: Asked, surroundings: Surroundings, reportBug: ReportBug): Promise<number> {
  const { command, given, options } = asked
  const work = command.prepare(given, spellForTerminal)
  const vaultPath = resolve(options.vault ?? surroundings.defaultVaultPath)
  // One command checks less than zod would take to compile its schemas.
  if (command !== batchCommand) config({ jitless: true })
  const claviger = await surroundings.openClaviger(reportBug, (options.wait ?? 2) * 1000)
  let prompter: Prompter | null | undefined
  const findPrompter = (): Prompter | null => {
    prompter ??= Prompter.open()
    return prompter
  }
  endOnSignals(() => {
    prompter?.[Symbol.dispose]()
    claviger.close()
  })
  using passphrase = new VaultPassphrase({ file: options.passphraseFile, fd: options.passphraseFd }, findPrompter)
  const context = terminalContext({ claviger, options, vaultPath, passphrase, findPrompter })
  try {
    if (command === batchCommand) {
      const { runBatch } = await import("./run-batch.ts")
      const args = takeFields(batchFields, given, spellForTerminal)
      const asFailure = (error: unknown): Failure => toFailure(error, reportBug)
      const forgetPassphrase = (): void => passphrase[Symbol.dispose]()
      const ended = await runBatch({ claviger, context, options, asFailure, forgetPassphrase }, args)
      return ended === null ? 0 : failures[ended.code].exitStatus
    }
    const outcome = await work(context)
    await writeAnswer(answerText(outcome, options.json, command.columns), outcome.ifLost)
    return outcome.exitStatus
  } catch (error) {
    throw spelledForTerminal(error, { ...globalFields, ...command.fields })
  } finally {
    prompter?.[Symbol.dispose]()
    if (claviger.isUnlocked()) claviger.close()
  }
}

async function reportFailure(failure: Failure, isJson: boolean): Promise<number> {
  const { exitStatus } = failures[failure.code]
  try {
    if (isJson && (await writeOut(`${JSON.stringify({ error: failureDocument(failure) })}\n`))) return exitStatus
  } catch {
    // Then standard error is left to say it.
  }
  process.stderr.write(failureLine(failure))
  return exitStatus
}

/** A bug's message may repeat what a person gave; its name and its places in our code can't. */
function bugReporter(isDebug: boolean): ReportBug {
  return (reference, error) => {
    if (!isDebug) return
    const lines = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : []
    process.stderr.write([`claviger: bug ${reference}: ${kindOf(error)}`, ...lines, ""].join("\n"))
  }
}

/** For example `TypeError ERR_INVALID_ARG_VALUE`: errors of the system have no stack to tell more. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return "code" in error ? `${error.name} ${String(error.code)}` : error.name
}
