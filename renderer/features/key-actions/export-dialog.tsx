import { Text } from "@mantine/core"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { ExportFields, useExportPlan } from "./export-choice.tsx"
import { writingFiles } from "./writing-files.ts"

interface ExportDialogProps {
  readonly value: KeyObject
  readonly onClose: () => void
}

/** Public, encrypted or in the clear; the files go from the vault to their place without passing through this page. */
export function ExportDialog({ value, onClose }: ExportDialogProps) {
  const task = useTask()
  const plan = useExportPlan([value])
  const { chosen, kinds, kind } = plan
  const act = () =>
    plan.withProtection(async (protection) => {
      const isDone = await task.run(async () => {
        const place = chosen.length === 1 ? {} : { folder: await chosenFolder() }
        await writingFiles(protection, async (write) => {
          for (const format of chosen) {
            const path = await write({ name: value.name, format, ...place })
            if (path === null) throw new Error("Nothing was exported: no file was chosen.")
          }
        })
      })
      if (isDone) onClose()
    })
  return (
    <ActionDialog
      title={`Export ${value.name}`}
      action={chosen.length > 1 ? `Choose a folder and export ${chosen.length} files` : "Choose a file and export"}
      isDangerous={kind === "plaintext"}
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={chosen.length > 0}
      onAct={() => void act()}
      onClose={onClose}
    >
      {kinds.length === 0 ? <Text size="sm">{whyNot(value)}</Text> : <ExportFields plan={plan} />}
    </ActionDialog>
  )
}

/** @throws Error when none was chosen */
export async function chosenFolder(): Promise<string> {
  const { path } = await ask("window.choose", { what: "export-folder" })
  if (path === null) throw new Error("Nothing was exported: no folder was chosen.")
  return path
}

function whyNot({ exportable, purpose, state }: KeyObject): string {
  if (purpose === "wallet")
    return "A wallet's seed leaves this vault under Seeds: as words that are written down, or as shares."
  if (exportable === "never") return "This key has no public half, and its rule is that it never leaves the vault."
  return `This key is ${state}: it has no public half, and in this state it does not leave the vault.`
}
