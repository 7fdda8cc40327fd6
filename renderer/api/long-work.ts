import { useSyncExternalStore } from "react"
import type { LongOperation } from "../../preload/contract/announcements.ts"
import { ask } from "./ask.ts"
import { isAbout } from "./use-announcement.ts"

/** Sooner the time left is a guess. */
const leastShare = 0.03
const leastMs = 1000

interface HeardWork {
  readonly share: number | null
  readonly secondsLeft: number | null
  readonly isCancelled: boolean
  readonly begunAt: number
  cancel(): void
}

let current: ReadonlyMap<LongOperation, HeardWork> = new Map()
const listeners = new Set<() => void>()

/** Begins to hear how far long work in main is: before a screen asks for any. */
export function followLongWork(): void {
  window.claviger.subscribe((announcement) => {
    if (!isAbout(announcement, "progress")) return
    const { of, isRunning, share } = announcement
    const before = current.get(of)
    show(of, isRunning ? heardWork(of, share, before?.begunAt ?? performance.now(), before?.isCancelled) : null)
  })
}

function heardWork(of: LongOperation, share: number | null, begunAt: number, isCancelled = false): HeardWork {
  return { share, secondsLeft: secondsLeft(share, begunAt), isCancelled, begunAt, cancel: () => cancel(of) }
}

function secondsLeft(share: number | null, begunAt: number): number | null {
  const passed = performance.now() - begunAt
  if (share === null || share < leastShare || passed < leastMs) return null
  return Math.ceil(((passed / share) * (1 - share)) / 1000)
}

function cancel(of: LongOperation): void {
  const work = current.get(of)
  if (work !== undefined) show(of, { ...work, isCancelled: true })
  void ask("window.cancel", { of })
}

function show(of: LongOperation, work: HeardWork | null): void {
  const next = new Map(current)
  if (work === null) next.delete(of)
  else next.set(of, work)
  current = next
  for (const listener of listeners) listener()
}

/** What main has told of last, with the way to end it: nothing of what does not go on. */
export function useHeardWork(): ReadonlyMap<LongOperation, HeardWork> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}
