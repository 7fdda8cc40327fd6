import { existsSync } from "node:fs"
import { open } from "node:fs/promises"
import type { Failure } from "../../preload/contract/failure.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { Claviger } from "../operations/claviger.ts"
import { readBatchCommand } from "./batch-command.ts"
import { BatchContext } from "./batch-context.ts"
import { type LineAnswer, type LineWork, runGroups } from "./batch-groups.ts"
import { type BatchLine, BatchLines } from "./batch-lines.ts"
import type { BatchArgs } from "./commands/batch.ts"
import type { Context } from "./context.ts"
import type { GlobalOptions } from "./global-options.ts"
import { failureDocument } from "./report.ts"
import { writeAnswer } from "./standard-output.ts"

interface Parts {
  readonly claviger: Claviger
  readonly context: Context
  readonly options: GlobalOptions
  readonly asFailure: (error: unknown) => Failure
  /** Once the vault is open nobody needs it any more, and a line may lock the vault. */
  readonly forgetPassphrase: () => void
}

/**
 * Runs every line of a file or of standard input.
 * @returns the failure of the line that ended it, with `--stop`
 * @throws before any line when the vault does not open
 */
export async function runBatch(parts: Parts, { file, stop, commitEvery }: BatchArgs): Promise<Failure | null> {
  if (commitEvery === 0) throw new VaultError("INVALID_INPUT", "commitEvery: is not at least 1")
  const lines = new BatchLines(await openLines(file))
  const { context, claviger, asFailure, forgetPassphrase } = parts
  // A batch may begin by making its vault: then the first line that needs it opens it.
  if (existsSync(context.vaultPath)) {
    await context.unlock()
    forgetPassphrase()
  }
  const understand = lineReader(parts)
  const ended = await runGroups({ lines, group: claviger.group, understand, asFailure, write }, { stop, commitEvery })
  await lines.stop()
  return ended
}

function lineReader({ claviger, context, options, asFailure, forgetPassphrase }: Parts): (line: BatchLine) => LineWork {
  let hasBeenOpen = claviger.isUnlocked()
  const unlock = async (): Promise<void> => {
    // Once a line has locked the vault, it stays locked.
    if (!hasBeenOpen) await context.unlock()
    hasBeenOpen ||= claviger.isUnlocked()
    if (hasBeenOpen) forgetPassphrase()
  }
  return (line) => {
    try {
      const understood = readBatchCommand(line)
      const { command, given } = understood
      const work = command.prepare(given, (name) => name)
      const lineContext = new BatchContext(context, unlock, options, understood)
      const run = async (): Promise<LineAnswer> => {
        try {
          const { answer, ifLost } = await work(lineContext)
          return { ok: true, result: answer, ifLost }
        } catch (error) {
          return { ok: false, failure: asFailure(error) }
        }
      }
      const isReady = hasBeenOpen || command.vault === "named"
      return { inBatch: isReady && !writesFile(given) ? command.inBatch : "alone", run }
    } catch (error) {
      const failure = asFailure(error)
      return { inBatch: "any", run: () => Promise.resolve({ ok: false, failure }) }
    }
  }
}

/** A file that is there before its row in the log is durable could outlive it. */
function writesFile(given: object): boolean {
  return "out" in given && given.out !== undefined && given.out !== "-"
}

function write(answers: readonly LineAnswer[]): Promise<boolean> {
  const lines = answers.map((answer) => {
    return JSON.stringify(
      answer.ok ? { ok: true, result: answer.result } : { ok: false, error: failureDocument(answer.failure) },
    )
  })
  const [ifLost] = answers.flatMap((answer) => (answer.ok && answer.ifLost !== undefined ? [answer.ifLost] : []))
  return writeAnswer(`${lines.join("\n")}\n`, ifLost)
}

async function openLines(file: string | undefined): Promise<AsyncIterable<Uint8Array>> {
  if (file === undefined || file === "-") return process.stdin
  return (await open(file)).createReadStream()
}
