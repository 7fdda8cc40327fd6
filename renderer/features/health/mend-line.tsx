import { Button, Text } from "@mantine/core"
import type { ReactNode } from "react"
import { inWindow } from "../../api/words-of-window.ts"
import { inert } from "../../ui/inert.ts"
import { withTimes } from "../../ui/time.ts"

interface MendLineProps {
  readonly name: string
  readonly about: string
  readonly message: string
  readonly fix: string
  /** What the button beside it says; `null` where nothing is to be done here. */
  readonly label: string | null
  /** How bad it is, where that differs from line to line. */
  readonly standing?: ReactNode
  readonly onOpen: () => void
  readonly onMend: () => void
}

/** A key, what is wrong with it in main's words, and what mends it. */
export function MendLine({ name, about, message, fix, label, standing, onOpen, onMend }: MendLineProps) {
  const words = inert(name)
  return (
    <div className="health-line">
      {standing}
      <div className="grows">
        <button type="button" className="health-name" onClick={onOpen}>
          {words}
        </button>
        <Text size="xs" component="span" c="dimmed" ml={8}>
          {about}
        </Text>
        <Text size="sm" className="breaks">
          {withTimes(inWindow(message))}
        </Text>
        <Text size="xs" c="dimmed" className="breaks">
          {inWindow(fix)}
        </Text>
      </div>
      {label !== null && (
        <Button size="compact-sm" variant="default" aria-label={`${label} ${words}`} onClick={onMend}>
          {label}
        </Button>
      )}
    </div>
  )
}
