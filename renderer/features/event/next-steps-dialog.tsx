import { List, Modal } from "@mantine/core"
import { useState } from "react"
import type { RotationObject } from "../../../preload/contract/rotation.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { count } from "../key-actions/counted.ts"
import { ManyDialog } from "../key-actions/many-dialog.tsx"
import { useEachKey } from "../key-actions/use-each-key.ts"
import { obstaclesOf } from "../rotation/rotation-words.ts"

interface NextStepsDialogProps {
  /** Of keys that rotate by steps. */
  readonly names: readonly string[]
  readonly onClose: () => void
}

/** The next step of many rotations, one after the other. */
export function NextStepsDialog({ names, onClose }: NextStepsDialogProps) {
  const { data, error } = useAnswer("rotation.list", { keys: [...names] })
  if (error !== null) {
    return (
      <Modal opened onClose={onClose} title="Next steps" closeButtonProps={{ "aria-label": "Close" }}>
        <FailureNotice failure={error} />
      </Modal>
    )
  }
  return data === undefined ? null : <StepsOf first={data.rotations} onClose={onClose} />
}

interface StepsOfProps {
  readonly first: readonly RotationObject[]
  readonly onClose: () => void
}

function StepsOf({ first, onClose }: StepsOfProps) {
  const each = useEachKey()
  // Those that were there when it was asked for: each is done one step, and told of.
  const [rotations] = useState(first)
  const keys = rotations.map((rotation) => ({ id: rotation.keyId, name: rotation.name, rotation }))
  const leftOut = new Map(rotations.flatMap((rotation) => leaveOut(rotation)))
  const going = keys.filter(({ id }) => !leftOut.has(id))
  const of = (next: RotationObject["next"]) => going.filter(({ rotation }) => rotation.next === next).length
  return (
    <ManyDialog
      title="Next steps"
      action={`Do ${count(going.length, "step")}`}
      keys={keys}
      leftOut={leftOut}
      each={each}
      isReady={going.length > 0}
      onAct={() => void each.run(going, ({ rotation }) => advance(rotation))}
      onClose={onClose}
    >
      <List size="sm" spacing={4}>
        {of("test") > 0 && <List.Item>{count(of("test"), "key")}: both versions are tested.</List.Item>}
        {of("switch") > 0 && <List.Item>{count(of("switch"), "key")}: the new version takes over the work.</List.Item>}
        <List.Item>Each can be rolled back until its old version is retired, which is done key by key.</List.Item>
      </List>
    </ManyDialog>
  )
}

async function advance({ name, toVersion }: RotationObject): Promise<string> {
  const { done } = await ask("rotation.advance", { name })
  return done === "test" ? "both versions do their job" : `version ${toVersion} does the work now`
}

function leaveOut(rotation: RotationObject): [id: string, reason: string][] {
  const { keyId, next, waitsFor } = rotation
  if (waitsFor.length > 0) return [[keyId, obstaclesOf(rotation).join("; ")]]
  return next === "retire" ? [[keyId, "its old version is retired by itself"]] : []
}
