import { useEffect, useState } from "react"

/** Whoever leaves a dialog goes on where it was opened: a dialog that is gone from the page at once does not see to that itself. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    },
    [before],
  )
}
