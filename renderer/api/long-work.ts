import { useSyncExternalStore } from "react"
import { ask } from "./ask.ts"
import { isAbout } from "./use-announcement.ts"

/** Sooner the time left is a guess. */
const leastShare = 0.03
const leastMs = 1000

let current: ReturnType<typeof heardWork> | null = null
let begunAt = 0
const listeners = new Set<() => void>()

/** Begins to hear how far long work in main is: before a screen asks for any. */
export function followLongWork(): void {
  window.claviger.subscribe((announcement) => {
    if (!isAbout(announcement, "progress")) return
    if (current === null) begunAt = performance.now()
    show(announcement.isRunning ? heardWork(announcement.share, current?.isCancelled ?? false) : null)
  })
}

function heardWork(share: number | null, isCancelled: boolean) {
  return { share, secondsLeft: secondsLeft(share), isCancelled, cancel }
}

function secondsLeft(share: number | null): number | null {
  const passed = performance.now() - begunAt
  if (share === null || share < leastShare || passed < leastMs) return null
  return Math.ceil(((passed / share) * (1 - share)) / 1000)
}

function cancel(): void {
  if (current !== null) show(heardWork(current.share, true))
  void ask("window.cancel", {})
}

function show(work: typeof current): void {
  current = work
  for (const listener of listeners) listener()
}

/** What main has told of last, with the way to end it; `null` when nothing goes on. */
export function useHeardWork(): typeof current {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}
