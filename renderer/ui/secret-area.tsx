import { Textarea } from "@mantine/core"
import type { RefObject } from "react"

interface SecretAreaProps {
  readonly label: string
  readonly input: RefObject<HTMLTextAreaElement | null>
  readonly description?: string | undefined
  readonly placeholder?: string
  readonly rows?: number
  readonly isFocused?: boolean
  readonly isRequired?: boolean
  /** What is typed stays where it is. */
  readonly onInput?: () => void
  readonly onLeave?: () => void
}

/**
 * A field of several lines for a secret, which is read by `takeSecret`. It is of a fixed height: one that grows with its text
 * is measured in a hidden field of the page, which gets a copy of it.
 */
export function SecretArea(props: SecretAreaProps) {
  const {
    label,
    input,
    description,
    placeholder,
    rows = 4,
    isFocused = false,
    isRequired = false,
    onInput,
    onLeave,
  } = props
  return (
    <Textarea
      ref={input}
      label={label}
      description={description}
      placeholder={placeholder}
      rows={rows}
      required={isRequired}
      onInput={onInput}
      onBlur={onLeave}
      data-autofocus={isFocused || undefined}
      autoComplete="off"
      spellCheck={false}
    />
  )
}
