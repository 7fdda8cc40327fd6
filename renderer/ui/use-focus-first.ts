import { type RefObject, useEffect, useRef } from "react"

/** Whoever went by keyboard to what takes the place of another part goes on in it: what had the focus is gone. */
export function useFocusFirst(isWanted = true): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isWanted) button.current?.focus({ preventScroll: true })
  }, [isWanted])
  return button
}
