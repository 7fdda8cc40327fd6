import { TagsInput, TextInput } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask, type RequestFor } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"

interface EditDialogProps {
  readonly value: KeyObject
  readonly onRenamed: (name: string) => void
  readonly onClose: () => void
}

/** What is said of a key; nothing of what it is or may do. */
export function EditDialog({ value, onRenamed, onClose }: EditDialogProps) {
  const task = useTask()
  const [name, setName] = useState(value.name)
  const [owner, setOwner] = useState(value.owner ?? "")
  const [environment, setEnvironment] = useState(value.environment ?? "")
  const [tags, setTags] = useState<string[]>([...value.tags])
  const changes = changesOf(value, { name: name.trim(), owner: owner.trim(), environment: environment.trim(), tags })
  const save = async () => {
    if (changes === null) return onClose()
    if (!(await task.run(() => ask("key.set", { name: value.name, ...changes })))) return
    onClose()
    if (changes.rename !== undefined) onRenamed(changes.rename)
  }
  return (
    <ActionDialog
      title={`Edit ${value.name}`}
      action="Save"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={name.trim() !== ""}
      onAct={() => void save()}
      onClose={onClose}
    >
      <TextInput label="Name" required value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput label="Owner" data-autofocus value={owner} onChange={(event) => setOwner(event.currentTarget.value)} />
      <TextInput
        label="Environment"
        placeholder="production"
        value={environment}
        onChange={(event) => setEnvironment(event.currentTarget.value)}
      />
      <TagsInput label="Tags" description="Enter after each" acceptValueOnBlur value={tags} onChange={setTags} />
    </ActionDialog>
  )
}

type Edited = Pick<KeyObject, "name" | "tags"> & { readonly owner: string; readonly environment: string }

/** Only what differs, so that the log says what was changed; `null` when nothing was. */
function changesOf(value: KeyObject, edited: Edited): Omit<RequestFor<"key.set">, "name"> | null {
  const addTags = edited.tags.filter((tag) => !value.tags.includes(tag))
  const removeTags = value.tags.filter((tag) => !edited.tags.includes(tag))
  const changes = {
    ...(edited.name === value.name ? {} : { rename: edited.name }),
    ...(edited.owner === (value.owner ?? "") ? {} : { owner: edited.owner === "" ? null : edited.owner }),
    ...(edited.environment === (value.environment ?? "")
      ? {}
      : { environment: edited.environment === "" ? null : edited.environment }),
    ...(addTags.length === 0 ? {} : { addTags }),
    ...(removeTags.length === 0 ? {} : { removeTags }),
  }
  return Object.keys(changes).length === 0 ? null : changes
}
