import { Select, Stack } from "@mantine/core"
import type { RefObject } from "react"
import type { Token } from "../../../preload/contract/token-object.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { SecretField } from "../../ui/secret-field.tsx"

interface TokenChoiceProps {
  readonly value: string | null
  readonly pin: RefObject<HTMLInputElement | null>
  /** Which of them are left out. */
  readonly without?: (token: Token) => boolean
  readonly onChange: (uri: string) => void
}

/** Which of the tokens that are there, and its PIN. Looked for only now: libraries of vendors take their time. */
export function TokenChoice({ value, pin, without = () => false, onChange }: TokenChoiceProps) {
  const { data, error, isPending } = useAnswer("token.list", {})
  const isUsable = ({ isInitialised, isWriteProtected }: Token) => isInitialised && !isWriteProtected
  const usable = data?.tokens.filter((token) => isUsable(token) && !without(token)) ?? []
  return (
    <Stack gap="xs">
      <Select
        label="Token"
        required
        placeholder={isPending ? "Looking for tokens…" : usable.length === 0 ? "No token is there" : "Choose one"}
        data={usable.map(({ uri, label, model }) => ({ value: uri, label: `${inert(label)} (${inert(model)})` }))}
        value={value}
        onChange={(uri) => {
          if (uri !== null) onChange(uri)
        }}
      />
      <SecretField label="PIN of the token" input={pin} />
      <FailureNotice failure={error} />
    </Stack>
  )
}
