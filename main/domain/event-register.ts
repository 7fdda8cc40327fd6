import type { KeyEvent } from "../../preload/contract/event.ts"

/** What happened that keys must change for. What changes here is in the row of the log that goes with it. */
export interface EventRegister {
  find(id: string): KeyEvent | null
  /** The newest first. */
  list(): readonly KeyEvent[]
  put(event: KeyEvent): void
}
