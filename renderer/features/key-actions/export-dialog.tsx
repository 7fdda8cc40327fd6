import { Alert, SegmentedControl, Select, Text } from "@mantine/core"
import { useRef, useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { KeyFormat } from "../../../preload/contract/values.ts"
import { ask, type RequestFor } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { NewPassphrase } from "../../ui/new-passphrase.tsx"
import { isSameSecret, takeSecret } from "../../ui/secret-field.tsx"
import { type ExportKind, formatsFor, kindsFor } from "./export-formats.ts"

interface ExportDialogProps {
  readonly value: KeyObject
  readonly onClose: () => void
}

/** Public, encrypted or in the clear; the file goes from the vault to its place without passing through this page. */
export function ExportDialog({ value, onClose }: ExportDialogProps) {
  const task = useTask()
  const first = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const kinds = kindsFor(value)
  const [kind, setKind] = useState<ExportKind | null>(kinds[0]?.value ?? null)
  const formats = kind === null ? [] : formatsFor(value, kind)
  const [format, setFormat] = useState<KeyFormat | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const chosen = formats.find((one) => one.value === format)?.value ?? formats[0]?.value
  const act = async () => {
    if (chosen === undefined || kind === null) return
    const isTwice = kind !== "encrypted" || isSameSecret(first, again)
    setProblem(isTwice ? null : "The two are not the same.")
    if (!isTwice) return
    const passphrase = takeSecret(first)
    const isDone = await task.run(async () => {
      try {
        const leaving = { name: value.name, format: chosen }
        const { path } =
          kind === "public"
            ? await ask("window.export-public", leaving)
            : await ask("window.export", { ...leaving, protection: protectionOf(kind, passphrase) })
        if (path === null) throw new Error("Nothing was exported: no file was chosen.")
      } finally {
        passphrase.fill(0)
      }
    })
    if (isDone) onClose()
  }
  return (
    <ActionDialog
      title={`Export ${value.name}`}
      action="Choose a file and export"
      isDangerous={kind === "plaintext"}
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={chosen !== undefined}
      onAct={() => void act()}
      onClose={onClose}
    >
      {kinds.length === 0 ? (
        <Text size="sm">This key has no public half, and its rule is that it never leaves the vault.</Text>
      ) : (
        <>
          <SegmentedControl
            aria-label="What is exported"
            data={[...kinds]}
            value={kind ?? ""}
            onChange={(picked) => setKind(kinds.find((one) => one.value === picked)?.value ?? null)}
          />
          <Select
            label="Format"
            data={[...formats]}
            value={chosen ?? null}
            onChange={(picked) => setFormat(formats.find((one) => one.value === picked)?.value ?? null)}
          />
        </>
      )}
      {kind === "encrypted" && (
        <NewPassphrase first={first} again={again} error={problem} label="Passphrase of the file" />
      )}
      {kind === "plaintext" && (
        <Alert color="red" variant="light">
          <Text size="sm">Whoever reads the file has the key. Rules and log end where the file begins.</Text>
        </Alert>
      )}
    </ActionDialog>
  )
}

function protectionOf(
  kind: Exclude<ExportKind, "public">,
  passphrase: Uint8Array<ArrayBuffer>,
): RequestFor<"window.export">["protection"] {
  return kind === "encrypted" ? { kind, passphrase } : { kind, confirmed: true }
}
