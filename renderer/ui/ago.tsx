import { useEffect, useState } from "react"

const everyMs = 20_000

/** How long something is ago, as time goes on. @param at - milliseconds since 1970 */
export function Ago({ at }: { readonly at: number }) {
  const [now, setNow] = useState(at)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [])
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return "just now"
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`
}
