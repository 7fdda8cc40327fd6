import { Progress, Stack, Text } from "@mantine/core"
import { type RefObject, useRef, useState } from "react"
import { type Strength, strengthOf } from "./passphrase-strength.ts"
import { SecretField } from "./secret-field.tsx"

interface NewPassphraseProps {
  readonly first: RefObject<HTMLInputElement | null>
  readonly again: RefObject<HTMLInputElement | null>
  readonly error: string | null
  readonly label?: string
  readonly isFocused?: boolean
}

const colors = ["red", "red", "yellow", "claviger", "claviger"]

/** A new passphrase, typed twice, with an honest word on how long it holds. */
export function NewPassphrase({ first, again, error, label = "Passphrase", isFocused = false }: NewPassphraseProps) {
  const [strength, setStrength] = useState<Strength | null>(null)
  const newest = useRef(0)
  const judge = async (text: string) => {
    newest.current += 1
    const mine = newest.current
    const judged = await strengthOf(text)
    if (mine === newest.current) setStrength(judged)
  }
  return (
    <Stack gap="xs">
      <SecretField label={label} input={first} isFocused={isFocused} onInput={(text) => void judge(text)} />
      <div>
        <Progress
          value={strength === null ? 0 : 20 + strength.score * 20}
          color={colors[strength?.score ?? 0] ?? "gray"}
          size="sm"
          aria-label="Strength of the passphrase"
        />
        <Text size="xs" c="dimmed" mt={4} aria-live="polite">
          {strength?.says ?? "Five or six random words are easy to type and hard to guess."}
        </Text>
      </div>
      <SecretField label={`${label} again`} input={again} error={error} />
    </Stack>
  )
}
