import { SimpleGrid } from "@mantine/core"
import type { RefObject } from "react"
import type { Token } from "../../../preload/contract/token-object.ts"
import { isSameSecret, SecretField } from "../../ui/secret-field.tsx"

export type Field = RefObject<HTMLInputElement | null>

interface NewPinFieldsProps {
  readonly label: string
  readonly first: Field
  readonly again: Field
  readonly token: Token
}

/** A PIN that is chosen now, typed twice. */
export function NewPinFields({ label, first, again, token: { pinLength } }: NewPinFieldsProps) {
  return (
    <SimpleGrid cols={2}>
      <SecretField label={label} description={`${pinLength.least} to ${pinLength.most} characters`} input={first} />
      <SecretField label={`${label} again`} description="so that no slip locks you out" input={again} />
    </SimpleGrid>
  )
}

/** Before anything is asked of the token. @throws Error saying what to type */
export function requireGoodPin(label: string, first: Field, again: Field, { pinLength }: Token): void {
  if (!isSameSecret(first, again)) throw new Error(`The two entries of the ${label} are not the same.`)
  const length = new TextEncoder().encode(first.current?.value ?? "").length
  if (length < pinLength.least || length > pinLength.most) {
    throw new Error(`The ${label} has ${length} characters; the token takes ${pinLength.least} to ${pinLength.most}.`)
  }
}
