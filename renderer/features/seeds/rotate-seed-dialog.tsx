import { Alert, List, Modal, Stack, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { SeedObject } from "../../../preload/contract/seed.ts"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"

/** A seed that replaces another one; what lies on the old addresses has to be moved by its owner. */
export function RotateSeedDialog({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const task = useTask()
  const [reason, setReason] = useState("")
  const [rotated, setRotated] = useState<AnswerTo<"seed.rotate"> | null>(null)
  const { name, version } = seed
  if (rotated !== null) return <MoveFrom rotated={rotated} onClose={onClose} />
  const because = reason.trim() === "" ? {} : { reason: reason.trim() }
  return (
    <ActionDialog
      title={`Rotate ${name}`}
      action="Rotate"
      isRunning={task.isRunning}
      failure={task.failure}
      onAct={() => void task.run(async () => setRotated(await ask("seed.rotate", { name, ...because })))}
      onClose={onClose}
    >
      <List size="sm" type="ordered" spacing={4}>
        <List.Item>
          Version {version + 1} gets new words. Every paper copy and every share is of the old ones.
        </List.Item>
        <List.Item>Version {version} stays, so that what its addresses hold can be moved.</List.Item>
        <List.Item>You get the list of addresses that were given out.</List.Item>
      </List>
      <TextInput
        label="Reason"
        placeholder="a paper copy was lost"
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActionDialog>
  )
}

function MoveFrom({ rotated, onClose }: { readonly rotated: AnswerTo<"seed.rotate">; readonly onClose: () => void }) {
  const { name, version, moveFrom } = rotated
  return (
    <Modal opened onClose={onClose} size="lg" title={`${name} is rotated`} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack>
        <Alert color="yellow" variant="light" role="status">
          <Text size="sm">
            {moveFrom.length === 0
              ? `Version ${version} has new words. No address of the old ones was ever given out here.`
              : `Version ${version} has new words. Move what is on ${moveFrom.length === 1 ? "this address" : `these ${moveFrom.length} addresses`} of the old ones:`}
          </Text>
        </Alert>
        <List size="sm" spacing={2} aria-label="Addresses to move from">
          {moveFrom.map(({ path, address }) => (
            <List.Item key={`${path} ${address}`}>
              <code className="print">{address}</code> <span className="is-quiet">{path}</span>
            </List.Item>
          ))}
        </List>
        <Text size="sm" c="dimmed">
          Then write the new words down: Reveal shows them, Check a written copy proves the paper.
        </Text>
      </Stack>
    </Modal>
  )
}
