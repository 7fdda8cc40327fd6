import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises"
import type { Failure } from "../../preload/contract/failure.ts"
import type { Claviger } from "../operations/claviger.ts"
import type { BatchLine, BatchLines } from "./batch-lines.ts"
import type { Answer, InBatch } from "./command.ts"

/** How long an open group waits for another line, in milliseconds, before what it holds is committed and answered. */
const patience = 5
/** For how long lines are worked off, in milliseconds, before the event loop gets its turn. */
const turn = 4
/** What is bulk becomes durable by the thousand, or as much of it as is worked off in so many milliseconds: its commit must not hold the event loop for longer than a frame. */
const bulk = { lines: 1000, ms: 100 }

export type LineAnswer =
  | { readonly ok: true; readonly result: Answer; readonly ifLost?: string | undefined }
  | { readonly ok: false; readonly failure: Failure }

/**
 * What to do about a line: how it may be made durable, and the work itself, which never throws. One that is not
 * understood changes nothing, and goes with `any` group.
 */
export interface LineWork {
  readonly inBatch: InBatch | "any"
  readonly run: () => Promise<LineAnswer>
}

interface Parts {
  readonly lines: Pick<BatchLines, "take" | "more">
  readonly group: Claviger["group"]
  readonly understand: (line: BatchLine) => LineWork
  readonly asFailure: (error: unknown) => Failure
  /** Writes answers that are durable. @returns false when nobody reads them any more */
  readonly write: (answers: readonly LineAnswer[]) => Promise<boolean>
}

export interface Grouping {
  /** Whether the first line that fails ends the batch. */
  readonly stop: boolean
  /** Lines in a group; given by a person, it groups more than `bulk` lines. */
  readonly commitEvery: number | undefined
}

const unread: Failure = {
  code: "IO_ERROR",
  detail: "nobody reads the answers any more: the rest of the batch is not run",
}

/**
 * Works off a batch. Neighbours become durable together, and nothing is answered before it is durable.
 * @returns the failure of the line that ended it, or `null` when every line was answered
 */
export async function runGroups(parts: Parts, { stop, commitEvery }: Grouping): Promise<Failure | null> {
  const groups = new Groups(parts, commitEvery)
  let turnEnds = performance.now() + turn
  while (!(groups.isUnread || (stop && groups.firstFailure !== null))) {
    const line = parts.lines.take()
    if (line === undefined) {
      if (await groups.nextLines()) continue
      break
    }
    await groups.work(line)
    if (performance.now() > turnEnds) {
      await nextTurn()
      turnEnds = performance.now() + turn
    }
  }
  await groups.finish()
  if (groups.isUnread) return unread
  return stop ? groups.firstFailure : null
}

class Groups {
  readonly #parts: Parts
  readonly #size: number
  readonly #longestMs: number
  readonly #joining: readonly InBatch[]
  #answers: LineAnswer[] = []
  #isOpen = false
  #begunAt = 0
  #isUnread = false
  #firstFailure: Failure | null = null

  constructor(parts: Parts, commitEvery: number | undefined) {
    this.#parts = parts
    this.#size = commitEvery ?? bulk.lines
    this.#longestMs = commitEvery === undefined ? bulk.ms : Number.POSITIVE_INFINITY
    this.#joining = commitEvery === undefined ? ["bulk"] : ["bulk", "grouped"]
  }

  get isUnread(): boolean {
    return this.#isUnread
  }

  /** Of a line, or of the commit that would have made lines durable. */
  get firstFailure(): Failure | null {
    return this.#firstFailure
  }

  async work(line: BatchLine): Promise<void> {
    const { inBatch, run } = this.#parts.understand(line)
    const joins = this.#joining.some((one) => one === inBatch)
    if (!joins && inBatch !== "any") await this.finish()
    const refused = joins ? this.#open() : null
    const answer: LineAnswer = refused === null ? await run() : { ok: false, failure: refused }
    this.#answers.push(answer)
    if (!answer.ok) this.#firstFailure ??= answer.failure
    if (!this.#isOpen || this.#isFull()) await this.finish()
  }

  /** Waits for lines; a group does not wait with it, since whoever sends them may be waiting for its answers. */
  async nextLines(): Promise<boolean> {
    const more = this.#parts.lines.more()
    try {
      const isSlow = this.#answers.length > 0 && pause(patience, true)
      if (await Promise.race([isSlow, more.then(() => false)])) await this.finish()
      return await more
    } catch (error) {
      await this.finish()
      throw error
    }
  }

  /** Commits the open group and writes all answers. */
  async finish(): Promise<void> {
    if (this.#isOpen) await this.#commitInItsTurn()
    const answers = this.#answers
    this.#answers = []
    if (answers.length > 0 && !(await this.#parts.write(answers))) this.#isUnread = true
  }

  #open(): Failure | null {
    if (this.#isOpen) return null
    try {
      this.#parts.group.begin()
      this.#isOpen = true
      this.#begunAt = performance.now()
      return null
    } catch (error) {
      return this.#parts.asFailure(error)
    }
  }

  #isFull(): boolean {
    return this.#answers.length >= this.#size || performance.now() - this.#begunAt >= this.#longestMs
  }

  /** A commit has a turn of the event loop to itself, and so has what it leaves to be copied in the next one. */
  async #commitInItsTurn(): Promise<void> {
    await nextTurn()
    this.#commit()
    await nextTurn()
    await nextTurn()
  }

  #commit(): void {
    this.#isOpen = false
    try {
      this.#parts.group.commit()
    } catch (error) {
      const failure = this.#parts.asFailure(error)
      this.#firstFailure ??= failure
      this.#rollBack()
      this.#answers = this.#answers.map((answer) => (answer.ok ? { ok: false, failure } : answer))
    }
  }

  #rollBack(): void {
    try {
      this.#parts.group.rollback()
    } catch {
      // The database may have undone the group by itself, as it does when the disk is full.
    }
  }
}
