import type { ReactNode } from "react"

interface ScrollsProps {
  readonly label: string
  readonly className?: string
  readonly children: ReactNode
}

/** A part of a screen that scrolls by itself, also by keyboard. */
export function Scrolls({ label, className = "", children }: ScrollsProps) {
  return (
    <section className={`scrolls ${className}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
