import { useEffect, useRef } from "react"

interface SecretTextProps {
  /** Asked for when it is to be drawn; the text never becomes a property of React. */
  readonly read: () => Uint8Array | null
  readonly label: string
}

/** Draws a secret into the page while it is mounted, and takes it out again. */
export function SecretText({ read, label }: SecretTextProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current
    const bytes = read()
    if (element === null || bytes === null) return undefined
    element.textContent = new TextDecoder().decode(bytes)
    return () => {
      element.textContent = ""
    }
  }, [read])
  return <div ref={place} className="secret-text" role="note" aria-label={label} />
}
