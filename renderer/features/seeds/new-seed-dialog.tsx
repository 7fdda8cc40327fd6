import { SegmentedControl, Select, Text, TextInput } from "@mantine/core"
import { useRef, useState } from "react"
import type { SeedObject, WordCount } from "../../../preload/contract/seed.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { SecretArea } from "../../ui/secret-area.tsx"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"
import { linesOf } from "../../ui/secret-lines.ts"
import { SeedTaken } from "./seed-taken.tsx"

type Origin = "generate" | "import" | "combine"

const origins: readonly { readonly value: Origin; readonly label: string; readonly action: string }[] = [
  { value: "generate", label: "Generate", action: "Generate seed" },
  { value: "import", label: "Import a phrase", action: "Import seed" },
  { value: "combine", label: "Combine shares", action: "Combine shares" },
]

const fieldOf: Readonly<Record<Origin, { readonly label: string; readonly says?: string }>> = {
  generate: {
    label: "Throws of dice or of a coin (optional)",
    says: "1 to 6, at least 50 of them, or H and T, at least 128. They are mixed with the system's randomness, never used alone.",
  },
  import: { label: "The phrase" },
  combine: { label: "SLIP-39 shares, one a line" },
}

/** The longest first: it is what is proposed. */
const wordCounts: readonly WordCount[] = [24, 21, 18, 15, 12]

/** Made here, with throws of dice or coins mixed in if one likes, taken from a phrase that exists, or put together from shares. */
export function NewSeedDialog({ onClose }: { readonly onClose: () => void }) {
  const task = useTask()
  const secret = useRef<HTMLTextAreaElement>(null)
  const sharesPassphrase = useRef<HTMLInputElement>(null)
  const [name, setName] = useState("")
  const [from, setFrom] = useState<Origin>("generate")
  const [taken, setTaken] = useState<SeedObject | null>(null)
  const [words, setWords] = useState<WordCount>(24)
  const [kind, setKind] = useState<SplitKind>("bip39")
  const act = async () => {
    const typed = takeSecret(secret)
    const passphrase = takeSecret(sharesPassphrase)
    const make = (): Promise<SeedObject> => {
      const as = name.trim()
      if (from === "import") return ask("seed.import", { name: as, file: typed })
      if (from === "combine") {
        const protectedBy = passphrase.length === 0 ? {} : { sharesPassphrase: passphrase }
        return ask("seed.combine", { name: as, shares: linesOf(typed), kind, ...protectedBy })
      }
      const dice = typed.length === 0 ? {} : { dice: typed }
      return ask("seed.generate", { name: as, words, ...dice })
    }
    await task.run(async () => {
      const seed = await make()
      if (seed.warnings === undefined) onClose()
      else setTaken(seed)
    })
    typed.fill(0)
    passphrase.fill(0)
  }
  if (taken !== null) return <SeedTaken seed={taken} onClose={onClose} />
  return (
    <ActionDialog
      title="New seed"
      action={origins.find(({ value }) => value === from)?.action ?? ""}
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={name.trim() !== ""}
      onAct={() => void act()}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label="Where it comes from"
        data={origins.map(({ value, label }) => ({ value, label }))}
        value={from}
        onChange={(picked) => setFrom(origins.find(({ value }) => value === picked)?.value ?? "generate")}
      />
      <TextInput
        label="Name"
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {from === "generate" && (
        <SegmentedControl
          aria-label="Words"
          data={wordCounts.map((each) => ({ value: String(each), label: `${each} words` }))}
          value={String(words)}
          onChange={(picked) => setWords(wordCounts.find((each) => String(each) === picked) ?? 24)}
        />
      )}
      {from === "combine" && <SplitKindChoice value={kind} onChange={setKind} />}
      <SecretArea
        key={from}
        label={fieldOf[from].label}
        description={fieldOf[from].says}
        input={secret}
        isRequired={from !== "generate"}
      />
      {from === "combine" && (
        <SecretField label="Passphrase of the shares, if they have one" input={sharesPassphrase} />
      )}
      <Text size="sm" c="dimmed">
        Write it down afterwards: Reveal shows it, Check a written copy proves the paper.
      </Text>
    </ActionDialog>
  )
}

type SplitKind = "bip39" | "slip39"

function SplitKindChoice({ value, onChange }: { value: SplitKind; onChange: (value: SplitKind) => void }) {
  return (
    <Select
      label="What was split"
      allowDeselect={false}
      data={[
        { value: "bip39", label: "A recovery phrase, as Claviger splits it" },
        { value: "slip39", label: "A seed of SLIP-39's own, as wallets split it" },
      ]}
      value={value}
      onChange={(picked) => onChange(picked === "slip39" ? "slip39" : "bip39")}
    />
  )
}
