import { Alert, Text } from "@mantine/core"
import { useRef, useState } from "react"
import type { SeedObject } from "../../../preload/contract/seed.ts"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { SecretArea } from "../../ui/secret-area.tsx"

/** Compares a written copy with the seed: says which positions are wrong, never what would be right. */
export function CheckCopyDialog({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const task = useTask()
  const typed = useRef<HTMLTextAreaElement>(null)
  const [result, setResult] = useState<AnswerTo<"seed.verify"> | null>(null)
  const check = async () => {
    const copy = new TextEncoder().encode(typed.current?.value ?? "")
    await task.run(async () => setResult(await ask("seed.verify", { name: seed.name, copy })))
    copy.fill(0)
  }
  return (
    <ActionDialog
      title={`Check a written copy of ${seed.name}`}
      action="Check"
      isRunning={task.isRunning}
      failure={task.failure}
      onAct={() => void check()}
      onClose={() => {
        if (typed.current !== null) typed.current.value = ""
        onClose()
      }}
    >
      <SecretArea label="Type the words from the paper" input={typed} isFocused />
      {result !== null && (
        <Alert color={result.matches ? "claviger" : "red"} variant="light" role="status">
          <Text size="sm">
            {result.matches
              ? "The copy is right, word by word."
              : `The copy is wrong${result.wrongPositions === undefined ? "." : ` at word ${result.wrongPositions.join(", ")}.`}`}
          </Text>
        </Alert>
      )}
    </ActionDialog>
  )
}
