import { useQueryClient } from "@tanstack/react-query"
import { useRef, useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"

/** As much of a key as its line needs. */
export type NamedKey = Pick<KeyObject, "id" | "name">

/** What became of one key. */
export interface Outcome {
  readonly isDone: boolean
  /** What was done, or why not and what to do. */
  readonly says: string
}

export interface EachKey {
  readonly stage: "before" | "running" | "after"
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** How many seconds more it takes, as far as it can be told. */
  readonly secondsLeft: number | null
  /** Does the work for one key after the other. What it gives says what was done. */
  run<Key extends NamedKey>(keys: readonly Key[], work: (key: Key) => Promise<string>): Promise<void>
  /** Ends after the key that is being worked on; what was done stays done. */
  cancel(): void
}

/** Screens are drawn this often at most while it goes on. */
const tick = 100

/** The same for many keys, each with its own result: one that fails keeps no other from being done. */
export function useEachKey(): EachKey {
  const queries = useQueryClient()
  const [stage, setStage] = useState<EachKey["stage"]>("before")
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null)
  const isCancelled = useRef(false)
  return {
    stage,
    outcomes,
    secondsLeft,
    cancel() {
      isCancelled.current = true
    },
    async run(keys, work) {
      isCancelled.current = false
      setStage("running")
      const found = new Map<string, Outcome>()
      let shownAt = performance.now()
      let firstDoneAt = shownAt
      for (const key of keys) {
        if (isCancelled.current) break
        found.set(key.id, await outcomeOf(() => work(key)))
        const now = performance.now()
        // The first may have waited for the person to type something.
        if (found.size === 1) firstDoneAt = now
        if (now - shownAt < tick) continue
        shownAt = now
        setOutcomes(new Map(found))
        if (found.size > 1) {
          const each = (now - firstDoneAt) / (found.size - 1)
          setSecondsLeft(Math.ceil((each * (keys.length - found.size)) / 1000))
        }
      }
      setOutcomes(found)
      setStage("after")
      void queries.invalidateQueries()
    },
  }
}

async function outcomeOf(work: () => Promise<string>): Promise<Outcome> {
  try {
    return { isDone: true, says: await work() }
  } catch (error) {
    const detail =
      error instanceof Error && "detail" in error && error.detail !== null ? ` ${String(error.detail)}` : ""
    return { isDone: false, says: `${error instanceof Error ? error.message : "It failed."}${detail}` }
  }
}
