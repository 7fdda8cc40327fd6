import { Alert, Button, Group, Text } from "@mantine/core"
import { type DragEvent, useRef, useState } from "react"

interface DropZoneProps {
  readonly onFiles: (files: readonly File[]) => void
}

export function DropZone({ onFiles }: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }
  return (
    <Alert
      color="claviger"
      variant={isOver ? "light" : "default"}
      className="drop-zone"
      role="group"
      aria-label="Drop key files here"
      onDrop={drop}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">Drop key files here: PEM, DER, OpenSSH, PuTTY, PKCS #12, JWK, OpenPGP, age, raw</Text>
        <Button variant="default" size="xs" onClick={() => input.current?.click()}>
          Choose…
        </Button>
      </Group>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Key files"
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          // The same file may be chosen once more.
          event.currentTarget.value = ""
        }}
      />
    </Alert>
  )
}
