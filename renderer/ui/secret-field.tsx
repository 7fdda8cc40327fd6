import { PasswordInput } from "@mantine/core"
import type { ReactNode, RefObject } from "react"

interface SecretFieldProps {
  readonly label: string
  readonly input: RefObject<HTMLInputElement | null>
  readonly description?: ReactNode
  readonly error?: ReactNode
  readonly isFocused?: boolean
  /** Of a dialog over another one, which Escape is not to close. */
  readonly isOnTop?: boolean
  readonly size?: "xs" | "sm"
  readonly onInput?: (text: string) => void
  readonly onLeave?: () => void
}

/** A field that React never learns the content of: it is read once, as bytes, by `takeSecret`. */
export function SecretField(props: SecretFieldProps) {
  const { label, input, description, error, isFocused = false, isOnTop = false, size = "sm", onInput, onLeave } = props
  const ownKeys = isOnTop ? { "data-mantine-stop-propagation": true } : {}
  return (
    <PasswordInput
      ref={input}
      {...ownKeys}
      size={size}
      label={label}
      description={description}
      error={error}
      data-autofocus={isFocused || undefined}
      autoFocus={isFocused}
      autoComplete="off"
      spellCheck={false}
      visibilityToggleButtonProps={{ "aria-label": `Show ${label.toLowerCase()}`, ...ownKeys }}
      onBlur={onLeave}
      onInput={onInput === undefined ? undefined : (event) => onInput(event.currentTarget.value)}
    />
  )
}

/** Reads a secret as UTF-8 and empties its field. The caller owns the bytes. */
export function takeSecret(input: RefObject<HTMLInputElement | HTMLTextAreaElement | null>): Uint8Array<ArrayBuffer> {
  const field = input.current
  if (field === null) return new Uint8Array()
  const bytes = new TextEncoder().encode(field.value)
  field.value = ""
  return bytes
}

/** Whether two fields hold the same; neither is read out. */
export function isSameSecret(
  one: RefObject<HTMLInputElement | null>,
  other: RefObject<HTMLInputElement | null>,
): boolean {
  return one.current !== null && one.current.value === other.current?.value
}
