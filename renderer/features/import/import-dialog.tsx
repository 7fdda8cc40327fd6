import { Alert, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core"
import { type DragEvent, type FormEvent, useRef, useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { SecretArea } from "../../ui/secret-area.tsx"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"
import { Working } from "../../ui/working.tsx"
import { ImportedKeys } from "./imported-keys.tsx"

interface ImportDialogProps {
  readonly onClose: () => void
  readonly onOpenKey: (name: string) => void
}

const largestFile = 1024 * 1024

/** Drop a file or paste; what it is gets recognised, what is wrong with it is said. */
export function ImportDialog({ onClose, onOpenKey }: ImportDialogProps) {
  const task = useTask()
  const file = useRef<File | null>(null)
  const pasted = useRef<HTMLTextAreaElement>(null)
  const passphrase = useRef<HTMLInputElement>(null)
  const [fileName, setFileName] = useState<string | null>(null)
  const [name, setName] = useState("")
  const [imported, setImported] = useState<AnswerTo<"key.import"> | null>(null)
  const take = (chosen: File | undefined) => {
    if (chosen === undefined) return
    file.current = chosen
    setFileName(chosen.name)
    if (name === "") setName(chosen.name.replace(/[.][a-z0-9]{1,4}$/i, ""))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void task.run(async () => {
      const bytes = await read(file.current, pasted)
      const secret = takeSecret(passphrase)
      try {
        const protectedBy = secret.length === 0 ? {} : { filePassphrase: secret }
        const found = await ask("key.import", { name: name.trim(), file: bytes, ...protectedBy })
        // Until then it stays: whoever forgot the passphrase need not paste again.
        if (pasted.current !== null) pasted.current.value = ""
        setImported(found)
      } finally {
        bytes.fill(0)
        secret.fill(0)
      }
    })
  }
  if (imported !== null) return <ImportedKeys imported={imported} onClose={onClose} onOpenKey={onOpenKey} />
  return (
    <Modal opened onClose={onClose} title="Import a key" size="lg" closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <Stack>
          <DropZone fileName={fileName} onFile={take} />
          {fileName === null && (
            <SecretArea label="or paste it" input={pasted} placeholder="-----BEGIN PRIVATE KEY-----" />
          )}
          <TextInput
            label="Name in the vault"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <SecretField label="Passphrase of the file, if it has one" input={passphrase} />
          <FailureNotice failure={task.failure} />
          <Group justify="flex-end">
            {task.isRunning && <Working says="Recognising and checking" />}
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={task.isRunning || name.trim() === ""}>
              Import
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

async function read(
  file: File | null,
  pasted: { current: HTMLTextAreaElement | null },
): Promise<Uint8Array<ArrayBuffer>> {
  if (file !== null) {
    if (file.size > largestFile) throw new Error("The file is larger than any key: 1 MiB is the most.")
    return new Uint8Array(await file.arrayBuffer().catch(unreadable))
  }
  const bytes = new TextEncoder().encode(pasted.current?.value ?? "")
  if (bytes.length === 0) throw new Error("Drop a file or paste a key first.")
  return bytes
}

/** @throws Error in words: the page's own is about "an operation that was processed" */
function unreadable(): never {
  throw new Error("The file can't be read. It may have been moved or changed meanwhile: choose it again.")
}

function DropZone({ fileName, onFile }: { readonly fileName: string | null; readonly onFile: (file?: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFile(event.dataTransfer.files[0])
  }
  return (
    <Alert
      color="claviger"
      variant={isOver ? "light" : "default"}
      className="drop-zone"
      role="group"
      aria-label="Drop a key file here"
      onDrop={drop}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">
          {fileName ?? "Drop a key file here: PEM, DER, OpenSSH, PuTTY, PKCS #12, JWK, OpenPGP, age, raw"}
        </Text>
        <Button variant="default" size="xs" onClick={() => input.current?.click()}>
          Choose…
        </Button>
      </Group>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Key file"
        onChange={(event) => onFile(event.currentTarget.files?.[0])}
      />
    </Alert>
  )
}
