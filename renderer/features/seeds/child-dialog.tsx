import { Alert, NumberInput, Select, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { ChildKind, SeedObject } from "../../../preload/contract/seed.ts"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"

const kinds: Readonly<Record<string, { readonly label: string; readonly child: ChildKind }>> = {
  "12": { label: "A seed of 12 words", child: { kind: "bip39", words: 12, language: "english" } },
  "24": { label: "A seed of 24 words", child: { kind: "bip39", words: 24, language: "english" } },
  base64: { label: "A password, 24 characters (base64)", child: { kind: "base64", length: 24 } },
  base85: { label: "A password, 20 characters (base85)", child: { kind: "base85", length: 20 } },
  hex: { label: "32 bytes (hexadecimal)", child: { kind: "hex", bytes: 32 } },
  wif: { label: "A private key for Bitcoin Core (WIF)", child: { kind: "wif" } },
  xprv: { label: "A root key (xprv)", child: { kind: "xprv" } },
}

/** BIP-85: whatever is made here can be made again from the seed alone, by its number. */
export function ChildDialog({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const task = useTask()
  const [chosen, setChosen] = useState("12")
  const [name, setName] = useState("")
  const [index, setIndex] = useState<number | null>(null)
  const [made, setMade] = useState<AnswerTo<"window.child"> | null>(null)
  const child = kinds[chosen]?.child
  const isSeed = child?.kind === "bip39"
  const act = () =>
    task.run(async () => {
      if (child === undefined) return
      const which = { name: seed.name, child, ...(index === null ? {} : { index }) }
      setMade(await ask("window.child", { ...which, ...(isSeed ? { as: name.trim() } : {}) }))
    })
  return (
    <ActionDialog
      title={`A child of ${seed.name}`}
      action={isSeed ? "Keep in the vault" : "Copy"}
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={!isSeed || name.trim() !== ""}
      onAct={() => void act()}
      onClose={onClose}
    >
      <Select
        label="What to make"
        allowDeselect={false}
        data={Object.entries(kinds).map(([value, { label }]) => ({ value, label }))}
        value={chosen}
        onChange={(picked) => setChosen(picked ?? "12")}
      />
      {isSeed ? (
        <TextInput
          label="Name in the vault"
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      ) : (
        <Text size="sm">It goes to the clipboard, past this page, and is taken back after a few seconds.</Text>
      )}
      <NumberInput
        label="Number"
        description="Empty: the next one that was not used yet. The same number always gives the same child."
        min={0}
        max={2 ** 31 - 1}
        allowDecimal={false}
        value={index ?? ""}
        onChange={(typed) => setIndex(typed === "" ? null : Number(typed))}
      />
      {made !== null && (
        <Alert color="claviger" variant="light" role="status">
          <Text size="sm">
            Number {made.index} is {made.clearsInMs === null ? "in the vault" : "on the clipboard"}. Its path:{" "}
            <code>{made.path}</code>
          </Text>
        </Alert>
      )}
    </ActionDialog>
  )
}
