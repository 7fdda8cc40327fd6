import { Group, Text } from "@mantine/core"
import type { Revealed } from "../../api/use-revealed.ts"
import { RevealByHolding } from "../../ui/reveal-by-holding.tsx"
import { SaveButton } from "./use-result.tsx"

interface SecretResultProps {
  readonly says: string
  readonly label: string
  readonly revealed: Revealed
  /** The secret as it is shown, in bytes of its own. */
  readonly shown: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>
  readonly fileName: string
}

/** What a key made that is a secret: in the page only while a button is held, gone soon; or saved to a file. */
export function SecretResult({ says, label, revealed, shown, fileName }: SecretResultProps) {
  const read = () => {
    const bytes = revealed.read()
    return bytes === null ? null : shown(bytes)
  }
  return (
    <div className="use-result">
      <Text size="sm" role="status">
        {says} {revealed.isThere ? "" : "It is gone from this window."}
      </Text>
      {revealed.isThere && (
        <>
          <RevealByHolding read={read} label={label} />
          <Group gap={6}>
            <SaveButton content={() => revealed.read()?.slice() ?? new Uint8Array()} fileName={fileName} />
          </Group>
        </>
      )}
    </div>
  )
}
