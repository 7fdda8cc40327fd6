import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"

export interface KeySelection {
  /** By their ids, as they were when they were selected. */
  readonly keys: ReadonlyMap<string, KeyObject>
  toggle(key: KeyObject, isSelected?: boolean): void
  /** Selects all from the one that was touched last to this one. */
  extendTo(listed: readonly KeyObject[], index: number): void
  set(keys: readonly KeyObject[]): void
  clear(): void
}

/** Which keys are selected. It outlasts another search, so that keys of several searches can be worked on at once. */
export function useKeySelection(): KeySelection {
  const [keys, setKeys] = useState<ReadonlyMap<string, KeyObject>>(new Map())
  const [touched, setTouched] = useState<string | null>(null)
  return {
    keys,
    toggle(key, isSelected = !keys.has(key.id)) {
      const next = new Map(keys)
      if (isSelected) next.set(key.id, key)
      else next.delete(key.id)
      setKeys(next)
      setTouched(key.id)
    },
    extendTo(listed, index) {
      const start = listed.findIndex(({ id }) => id === touched)
      const from = start === -1 ? index : start
      const range = listed.slice(Math.min(from, index), Math.max(from, index) + 1)
      setKeys(new Map([...keys, ...range.map((key) => [key.id, key] as const)]))
      if (start === -1) setTouched(listed[index]?.id ?? null)
    },
    set(listed) {
      setKeys(new Map(listed.map((key) => [key.id, key])))
    },
    clear() {
      setKeys(new Map())
      setTouched(null)
    },
  }
}
