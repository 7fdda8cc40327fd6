import { List, Select, TextInput } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { stateWords } from "../../api/key-words.ts"
import { useRotations } from "../rotation/use-rotation.ts"
import { capital, count } from "./counted.ts"
import { graces } from "./graces.ts"
import { ManyDialog } from "./many-dialog.tsx"
import type { ManyProps } from "./many-props.ts"
import { useEachKey } from "./use-each-key.ts"

/** Of more keys it is only told when each is tried. */
const mostAsked = 1000

export function RotateManyDialog({ keys, onClose }: ManyProps) {
  const each = useEachKey()
  const [reason, setReason] = useState("")
  const [grace, setGrace] = useState("")
  const rotations = useRotations(keys.slice(0, mostAsked).map(({ id }) => id))
  const leftOut = new Map(keys.flatMap((key) => leaveOut(key, rotations)))
  const rotating = keys.filter(({ id }) => !leftOut.has(id))
  const rotate = () =>
    each.run(rotating, async ({ name }) => {
      const { currentVersion } = await ask("key.rotate", {
        name,
        ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
        ...(grace === "" ? {} : { grace }),
      })
      return `version ${currentVersion} does the work now`
    })
  return (
    <ManyDialog
      title={`Rotate ${count(keys.length, "key")}`}
      action={`Rotate ${count(rotating.length, "key")}`}
      keys={keys}
      leftOut={leftOut}
      each={each}
      isReady={rotating.length > 0}
      onAct={() => void rotate()}
      onClose={onClose}
    >
      <List size="sm" spacing={4}>
        <List.Item>
          {capital(count(rotating.length, "new version"))}: one for each key, which does its work from now on.
        </List.Item>
        <List.Item>The versions before still decrypt and verify what they made; they make nothing new.</List.Item>
      </List>
      <Select
        label="The versions before still open and verify what they made"
        data={graces}
        value={grace}
        onChange={(chosen) => setGrace(chosen ?? "")}
      />
      <TextInput
        label="Reason"
        placeholder="the calendar"
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ManyDialog>
  )
}

/** @param bySteps - the keys that rotate by steps */
function leaveOut(
  { id, state, algorithm, purpose, origin }: KeyObject,
  bySteps: ReadonlyMap<string, unknown>,
): [id: string, reason: string][] {
  if (bySteps.has(id)) return [[id, "it rotates by steps already"]]
  if (state !== "active") return [[id, `it is ${stateWords[state].says}`]]
  if (algorithm === "secret" && origin === "imported")
    return [[id, "its new text comes from elsewhere: rotate it alone"]]
  return purpose === "wallet" ? [[id, "a wallet's seed is replaced by moving what it holds"]] : []
}
