import { useEffect, useState } from "react"

const tick = 100

/** @returns milliseconds left of a time that began when it was told of, down to 0 */
export function useCountdown(ms: number, toldAt: number): number {
  const [now, setNow] = useState(() => Date.now())
  const left = Math.max(0, Math.min(ms, toldAt + ms - now))
  const isOver = left === 0
  useEffect(() => {
    setNow(Date.now())
    if (isOver) return undefined
    const timer = setInterval(() => setNow(Date.now()), tick)
    return () => clearInterval(timer)
  }, [isOver])
  return left
}
