import type { ReactNode, Ref } from "react"

interface ScrollsProps {
  readonly label: string
  readonly className?: string
  /** The part itself, for who draws only what is in view. */
  readonly scroller?: Ref<HTMLElement>
  readonly children: ReactNode
}

/** A part of a screen that scrolls by itself, also by keyboard. */
export function Scrolls({ label, className = "", scroller, children }: ScrollsProps) {
  return (
    <section ref={scroller} className={`scrolls ${className}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
