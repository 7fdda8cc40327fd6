import { SegmentedControl, Text, Textarea, TextInput } from "@mantine/core"
import { useRef, useState } from "react"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"

/** Made here, with throws of dice mixed in if one likes, or taken from a phrase that exists. */
export function NewSeedDialog({ onClose }: { readonly onClose: () => void }) {
  const task = useTask()
  const secret = useRef<HTMLTextAreaElement>(null)
  const [name, setName] = useState("")
  const [from, setFrom] = useState("generate")
  const [words, setWords] = useState("24")
  const isNew = from === "generate"
  const act = async () => {
    const bytes = new TextEncoder().encode(secret.current?.value ?? "")
    if (secret.current !== null) secret.current.value = ""
    const dice = bytes.length === 0 ? {} : { dice: bytes }
    const isDone = await task.run(() =>
      isNew
        ? ask("seed.generate", { name: name.trim(), words: words === "12" ? 12 : 24, ...dice })
        : ask("seed.import", { name: name.trim(), file: bytes }),
    )
    bytes.fill(0)
    if (isDone) onClose()
  }
  return (
    <ActionDialog
      title="New seed"
      action={isNew ? "Generate seed" : "Import seed"}
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={name.trim() !== ""}
      onAct={() => void act()}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label="Where it comes from"
        data={[
          { value: "generate", label: "Generate" },
          { value: "import", label: "Import a phrase" },
        ]}
        value={from}
        onChange={setFrom}
      />
      <TextInput
        label="Name"
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {isNew && (
        <SegmentedControl
          aria-label="Words"
          data={[
            { value: "24", label: "24 words" },
            { value: "12", label: "12 words" },
          ]}
          value={words}
          onChange={setWords}
        />
      )}
      <Textarea
        ref={secret}
        key={from}
        label={isNew ? "Throws of a die (optional)" : "The phrase, or SLIP-39 shares one a line"}
        description={isNew ? "They are mixed with the system's randomness, never used alone." : undefined}
        minRows={3}
        autosize
        autoComplete="off"
        spellCheck={false}
        required={!isNew}
      />
      <Text size="sm" c="dimmed">
        Write it down afterwards: Reveal shows it, Check a written copy proves the paper.
      </Text>
    </ActionDialog>
  )
}
