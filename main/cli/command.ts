import type { ExitStatus } from "../../preload/contract/failure.ts"
import type { Context } from "./context.ts"
import { type ArgsOf, type Field, type Fields, takeFields } from "./field.ts"

/** Whether a command finds the vault open, or works on the path of one and opens it itself where it must. */
export type VaultNeed = "opened" | "named"

/**
 * How a batch makes it durable: `bulk` in a group with its neighbours, `grouped` so only when `--commit-every` is given,
 * `alone` always by itself.
 */
export type InBatch = "bulk" | "grouped" | "alone"

/** The document that answers a command; `null` when the answer went to standard output as bytes. */
export type Answer = object | null

interface Declaration<F extends Fields, Result extends Answer> {
  readonly path: readonly string[]
  readonly summary: string
  /** What to type, without `claviger`. */
  readonly example: string
  readonly fields: F
  readonly vault: VaultNeed
  readonly inBatch: InBatch
  readonly isOnlyInBatch?: boolean
  /** Refuses what can be seen to be wrong before anything is opened, or anybody asked. @throws `USAGE`, `INVALID_INPUT` */
  readonly check?: (args: ArgsOf<F>) => void
  readonly run: (context: Context, args: ArgsOf<F>) => Promise<Result>
  /** Which members a table of many shows, for a person. */
  readonly columns?: readonly string[]
  /** What a person sees instead of a list of all members. */
  readonly show?: (result: NonNullable<Result>) => string
  /** Other than 0 where the command did its work, and the answer is "no". */
  readonly exitStatus?: (result: NonNullable<Result>) => ExitStatus
  /** What a person must know when the answer is made but nobody gets to see it, where that does harm. */
  readonly ifLost?: (result: NonNullable<Result>) => string | undefined
}

/** One command: terminal, batch and help know it from here. */
export interface Command {
  readonly path: readonly string[]
  readonly summary: string
  readonly example: string
  readonly fields: Fields
  readonly vault: VaultNeed
  readonly inBatch: InBatch
  readonly isOnlyInBatch: boolean
  readonly columns: readonly string[] | undefined
  /** Checks what it was told; what it gives then opens the vault where it must and does the work. @throws `USAGE`, `INVALID_INPUT` */
  prepare(given: Readonly<Record<string, unknown>>, spell: Spell): (context: Context) => Promise<Outcome>
}

export type Spell = (name: string, field: Field) => string

export interface Outcome {
  readonly answer: Answer
  /** The answer for a person, where a list of its members would not do. */
  readonly shown: string | undefined
  readonly exitStatus: ExitStatus
  readonly ifLost: string | undefined
}

export function command<F extends Fields, Result extends Answer>(declared: Declaration<F, Result>): Command {
  const { check, run, show, exitStatus, ifLost, ...rest } = declared
  return {
    ...rest,
    isOnlyInBatch: declared.isOnlyInBatch ?? false,
    columns: declared.columns,
    prepare(given, spell) {
      const args = takeFields(declared.fields, given, spell)
      check?.(args)
      return async (context) => {
        if (declared.vault === "opened") await context.unlock()
        const answer = await run(context, args)
        if (answer === null) return { answer, shown: undefined, exitStatus: 0, ifLost: undefined }
        return {
          answer,
          shown: show?.(answer),
          exitStatus: exitStatus?.(answer) ?? 0,
          ifLost: ifLost?.(answer),
        }
      }
    },
  }
}
