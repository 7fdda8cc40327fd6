import { useEffect } from "react"
import { ask } from "./ask.ts"

/** No screen capture while this is on the screen. */
export function useShield(): void {
  useEffect(() => {
    void ask("window.shield", { isOn: true })
    return () => void ask("window.shield", { isOn: false })
  }, [])
}
