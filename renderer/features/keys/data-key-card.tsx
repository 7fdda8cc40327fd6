import { Select, Switch, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import { ask } from "../../api/ask.ts"
import { useRevealed } from "../../api/use-revealed.ts"
import { useTask } from "../../api/use-task.ts"
import { hexadecimal } from "../../ui/encoded.ts"
import { SecretResult } from "./secret-result.tsx"
import { UseCard } from "./use-card.tsx"
import { UseResult } from "./use-result.tsx"

const sizes = [128, 192, 256, 384, 512] as const

/** A key for data that lie elsewhere, wrapped under this one. */
export function DataKeyCard({ name }: { readonly name: string }) {
  const task = useTask()
  const revealed = useRevealed()
  const [bits, setBits] = useState<(typeof sizes)[number]>(256)
  const [wrappedOnly, setWrappedOnly] = useState(false)
  const [label, setLabel] = useState("")
  const [made, setMade] = useState<{ wrapped: string; version: number; isOpen: boolean } | null>(null)
  const make = () =>
    task.run(async () => {
      revealed.drop()
      setMade(null)
      const register = label.trim() === "" ? {} : { register: label.trim() }
      const { wrapped, keyVersion, plaintext } = await ask("key.datakey", { name, bits, wrappedOnly, ...register })
      if (plaintext !== undefined) revealed.take(plaintext)
      setMade({ wrapped, version: keyVersion, isOpen: plaintext !== undefined })
    })
  return (
    <UseCard
      title="Data key"
      action="Make a data key"
      task={task}
      onAct={() => void make()}
      result={
        made !== null && (
          <>
            <UseResult
              label={`Wrapped by version ${made.version}: keep it with the data`}
              text={made.wrapped}
              content={() => new TextEncoder().encode(`${made.wrapped}\n`)}
              fileName={`${name}.wrapped`}
            />
            {made.isOpen && (
              <SecretResult
                says="The data key itself, in hexadecimal; a file gets its bytes."
                label="The data key"
                revealed={revealed}
                shown={hexadecimal}
                fileName={`${name}.datakey`}
              />
            )}
          </>
        )
      }
    >
      <Text size="sm" c="dimmed">
        A new random key for data that lie elsewhere. Only its wrapped form is kept, with the data; left in the vault
        too, it moves with this key when that rotates.
      </Text>
      <Select
        label="Size"
        data={sizes.map((size) => ({ value: String(size), label: `${size} bits` }))}
        value={String(bits)}
        onChange={(chosen) => setBits(sizes.find((size) => String(size) === chosen) ?? 256)}
      />
      <TextInput
        label="Leave it in the vault as"
        description="Empty: it is not left here"
        maxLength={200}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <Switch
        label="Only wrapped: the key itself does not leave the vault"
        checked={wrappedOnly}
        onChange={(event) => setWrappedOnly(event.currentTarget.checked)}
      />
    </UseCard>
  )
}
