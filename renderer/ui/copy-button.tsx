import { ActionIcon, CheckIcon } from "@mantine/core"
import { useState } from "react"
import { Icon } from "./icon.tsx"

interface CopyButtonProps {
  readonly label: string
  readonly onCopy: () => Promise<unknown>
}

/** For what is no secret: a fingerprint, an address. */
export function CopyButton({ label, onCopy }: CopyButtonProps) {
  const [isDone, setDone] = useState(false)
  const copy = async () => {
    await onCopy()
    setDone(true)
    setTimeout(() => setDone(false), 1200)
  }
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} title={label} onClick={() => void copy()}>
      {isDone ? <CheckIcon size={12} /> : <Icon name="copy" size={14} />}
    </ActionIcon>
  )
}
