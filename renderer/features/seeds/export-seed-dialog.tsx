import { SegmentedControl, Text, Textarea, TextInput } from "@mantine/core"
import { useRef, useState } from "react"
import type { SeedObject } from "../../../preload/contract/seed.ts"
import { ask, type RequestFor } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { NewPassphrase } from "../../ui/new-passphrase.tsx"
import { isSameSecret, takeSecret } from "../../ui/secret-field.tsx"

type Kind = RequestFor<"window.export-seed">["protection"]["kind"]

const kinds: readonly { value: Kind; label: string; says: string }[] = [
  {
    value: "passphrase",
    label: "Passphrase",
    says: "The words in an age file. The age program opens it with the passphrase.",
  },
  { value: "recipients", label: "Recipients", says: "The words in an age file that only these recipients can open." },
  {
    value: "keystore-v3",
    label: "Ethereum keystore",
    says: "One private key of the seed, as Ethereum's wallets import it.",
  },
]

/** Encrypted, and only so; from the vault to the file without passing through this page. */
export function ExportSeedDialog({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const task = useTask()
  const first = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const [kind, setKind] = useState<Kind>("passphrase")
  const [recipients, setRecipients] = useState("")
  const [path, setPath] = useState("m/44'/60'/0'/0/0")
  const [problem, setProblem] = useState<string | null>(null)
  const needsPassphrase = kind !== "recipients"
  const act = async () => {
    const isTwice = !needsPassphrase || isSameSecret(first, again)
    setProblem(isTwice ? null : "The two are not the same.")
    if (!isTwice) return
    const passphrase = takeSecret(first)
    takeSecret(again).fill(0)
    const isDone = await task.run(async () => {
      const protection = protectionOf(kind, { passphrase, path, recipients })
      const written = await ask("window.export-seed", { name: seed.name, protection })
      if (written.path === null) throw new Error("Nothing was exported: no file was chosen.")
    })
    passphrase.fill(0)
    if (isDone) onClose()
  }
  return (
    <ActionDialog
      title={`Export ${seed.name}`}
      action="Choose a file and export"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={kind !== "recipients" || recipients.trim() !== ""}
      onAct={() => void act()}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label="Encrypted for"
        data={kinds.map(({ value, label }) => ({ value, label }))}
        value={kind}
        onChange={(picked) => setKind(kinds.find((one) => one.value === picked)?.value ?? "passphrase")}
      />
      <Text size="sm" c="dimmed">
        {kinds.find((one) => one.value === kind)?.says} A seed never leaves in the clear.
      </Text>
      {kind === "recipients" && (
        <Textarea
          label="Recipients, one a line"
          placeholder="age1…"
          rows={3}
          value={recipients}
          onChange={(event) => setRecipients(event.currentTarget.value)}
        />
      )}
      {kind === "keystore-v3" && (
        <TextInput label="Path of the key" value={path} onChange={(event) => setPath(event.currentTarget.value)} />
      )}
      {needsPassphrase && (
        <NewPassphrase first={first} again={again} error={problem} label="Passphrase of the file" isFocused />
      )}
    </ActionDialog>
  )
}

interface Typed {
  readonly passphrase: Uint8Array<ArrayBuffer>
  readonly path: string
  readonly recipients: string
}

function protectionOf(kind: Kind, typed: Typed): RequestFor<"window.export-seed">["protection"] {
  if (kind === "recipients") return { kind, recipients: typed.recipients.trim().split(/\s+/) }
  const { passphrase, path } = typed
  return kind === "passphrase" ? { kind, passphrase } : { kind, passphrase, path: path.trim() }
}
