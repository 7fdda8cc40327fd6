import { useEffect, useRef, useState } from "react"
import { ask } from "./ask.ts"

export interface Revealed {
  /** Whether there is a secret that can be shown. */
  readonly isThere: boolean
  /** Takes a secret over. It is gone after 30 seconds, when the window is left, and with the screen. */
  take(bytes: Uint8Array<ArrayBuffer>): void
  read(): Uint8Array<ArrayBuffer> | null
  drop(): void
}

const shownForMs = 30_000

/** A secret that the page has for a short while, outside of React's state; no screen can be captured meanwhile. */
export function useRevealed(): Revealed {
  const secret = useRef<Uint8Array<ArrayBuffer> | null>(null)
  const isGone = useRef(false)
  const [isThere, setThere] = useState(false)
  const drop = () => {
    secret.current?.fill(0)
    secret.current = null
    setThere(false)
  }
  const latest = useRef(drop)
  latest.current = drop
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
      latest.current()
    }
  }, [])
  useEffect(() => {
    if (!isThere) return undefined
    const stop = () => latest.current()
    void ask("window.shield", { isOn: true })
    const timer = setTimeout(stop, shownForMs)
    window.addEventListener("blur", stop)
    return () => {
      clearTimeout(timer)
      window.removeEventListener("blur", stop)
      void ask("window.shield", { isOn: false })
    }
  }, [isThere])
  return {
    isThere,
    take(bytes) {
      secret.current?.fill(0)
      // Main's answer may come when nobody waits for it any more.
      if (isGone.current) {
        bytes.fill(0)
        return
      }
      secret.current = bytes
      setThere(true)
    },
    read: () => secret.current,
    drop,
  }
}
