import { Button, FileButton, Group, Text } from "@mantine/core"
import { type RefObject, useRef, useState } from "react"
import { SecretArea } from "../../ui/secret-area.tsx"

export interface Message {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly file: File | null
  setFile(file: File | null): void
  /** What was typed, or the file's content. @throws Error for a file that is too large */
  read(): Promise<Uint8Array<ArrayBuffer>>
}

/** What a window reads of one file at most. */
const largest = 64 * 1024 * 1024

/** A text, or a file instead of it. React never learns the text. */
export function useMessage(): Message {
  const field = useRef<HTMLTextAreaElement>(null)
  const [file, setFile] = useState<File | null>(null)
  return {
    field,
    file,
    setFile,
    async read() {
      if (file === null) return new TextEncoder().encode(field.current?.value ?? "")
      if (file.size > largest) throw new Error("The file is larger than 64 MiB: the command line takes it.")
      return new Uint8Array(await file.arrayBuffer())
    },
  }
}

interface MessageInputProps {
  readonly message: Message
  readonly label: string
  readonly choose: string
}

export function MessageInput({ message, label, choose }: MessageInputProps) {
  const { field, file, setFile } = message
  return (
    <div>
      {file === null ? (
        <SecretArea label={label} input={field} rows={3} />
      ) : (
        <Text size="sm" className="breaks">
          {label}: the file <b>{file.name}</b>
        </Text>
      )}
      <Group gap={6} mt={6}>
        <FileButton onChange={setFile}>
          {(open) => (
            <Button size="compact-xs" variant="subtle" {...open}>
              {choose}
            </Button>
          )}
        </FileButton>
        {file !== null && (
          <Button size="compact-xs" variant="subtle" onClick={() => setFile(null)}>
            Type a text instead
          </Button>
        )}
      </Group>
    </div>
  )
}
