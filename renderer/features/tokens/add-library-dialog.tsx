import { TextInput } from "@mantine/core"
import { useState } from "react"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { PathChoice } from "../../ui/path-choice.tsx"

/** A PKCS#11 library that is not where its vendor puts it, and what it has to be told. */
export function AddLibraryDialog({ onClose }: { readonly onClose: () => void }) {
  const task = useTask()
  const [path, setPath] = useState<string | null>(null)
  const [parameters, setParameters] = useState("")
  const choose = async () => {
    const chosen = await ask("window.choose", { what: "token-library" })
    if (chosen.path !== null) setPath(chosen.path)
  }
  const add = async () => {
    if (path === null) return
    const told = parameters.trim() === "" ? {} : { parameters: parameters.trim() }
    if (await task.run(() => ask("token.modules.add", { path, ...told }))) onClose()
  }
  return (
    <ActionDialog
      title="Add a library"
      action="Add the library"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={path !== null}
      onAct={() => void add()}
      onClose={onClose}
    >
      <PathChoice label="Library" path={path} onChoose={() => void task.run(choose)} />
      <TextInput
        label="Parameters"
        description="what the library is told when it starts, where its maker asks for that; no place for a PIN"
        value={parameters}
        onChange={(event) => setParameters(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}
