import { Select, TextInput } from "@mantine/core"
import { useState } from "react"
import type { IncidentAction, IncidentObject } from "../../../preload/contract/incident.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { stepWords } from "./incident-words.ts"

interface StepDialogProps {
  readonly incident: IncidentObject
  readonly action: IncidentAction
  readonly onClose: () => void
}

const states: readonly { readonly value: IncidentAction["state"]; readonly label: string }[] = [
  { value: "open", label: "To be done" },
  { value: "done", label: "Done" },
  { value: "not-needed", label: "Not needed" },
]

/** How far a step is, whose it is, and until when. */
export function StepDialog({ incident, action, onClose }: StepDialogProps) {
  const task = useTask()
  const [state, setState] = useState(action.state)
  const [owner, setOwner] = useState(action.owner ?? "")
  const [due, setDue] = useState(action.dueAt.slice(0, 10))
  const [note, setNote] = useState(action.note ?? "")
  const save = async () => {
    const said = {
      ...(state === action.state ? {} : { state }),
      ...(owner.trim() === (action.owner ?? "") ? {} : { owner: owner.trim() === "" ? null : owner.trim() }),
      ...(due === action.dueAt.slice(0, 10) ? {} : { due }),
      ...(note.trim() === "" || note.trim() === action.note ? {} : { note: note.trim() }),
    }
    if (await task.run(() => ask("incident.step", { incident: incident.id, step: action.step, ...said }))) onClose()
  }
  const wantsNote = state === "not-needed" || (state === "done" && action.evidence === null && !incident.rehearsal)
  return (
    <ActionDialog
      title={`${incident.rehearsal ? "REHEARSAL: " : ""}${stepWords[action.step]}`}
      action="Save"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={due !== "" && (!wantsNote || note.trim() !== "")}
      onAct={() => void save()}
      onClose={onClose}
    >
      <Select
        label="How it stands"
        data={states}
        value={state}
        allowDeselect={false}
        onChange={(chosen) => setState(states.find((each) => each.value === chosen)?.value ?? state)}
      />
      <TextInput label="Owner" value={owner} onChange={(event) => setOwner(event.currentTarget.value)} />
      <TextInput
        label="Until"
        type="date"
        required
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
      <TextInput
        label="Note"
        description={
          wantsNote ? "The vault shows nothing of it: say how it was done, or why it is not needed." : undefined
        }
        required={wantsNote}
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}
