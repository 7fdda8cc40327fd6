import { Notification } from "@mantine/core"
import { useEffect, useState } from "react"
import { useAnnouncement } from "../api/use-announcement.ts"

/** While a copied secret lies on the clipboard: for how long still. */
export function ClipboardCountdown() {
  const [endsAt, setEndsAt] = useState<number | null>(null)
  const [left, setLeft] = useState(0)
  useAnnouncement("clipboard", ({ clearsInMs }) => {
    setEndsAt(clearsInMs === 0 ? null : Date.now() + clearsInMs)
    setLeft(Math.ceil(clearsInMs / 1000))
  })
  useEffect(() => {
    if (endsAt === null) return undefined
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((endsAt - Date.now()) / 1000))), 250)
    return () => clearInterval(timer)
  }, [endsAt])
  if (endsAt === null) return null
  return (
    <Notification
      className="countdown"
      withCloseButton={false}
      color="yellow"
      title="A secret is on the clipboard"
      role="status"
    >
      It is taken back in {left} s.
    </Notification>
  )
}
