import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core"
import { useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { algorithmWords } from "../../api/key-words.ts"
import { useTask } from "../../api/use-task.ts"
import { detailOf, inWindow, messageOf } from "../../api/words-of-window.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { nameOf } from "../../ui/path-parts.ts"

interface ImportedKeysProps {
  readonly imported: AnswerTo<"key.import">
  readonly onClose: () => void
  readonly onOpenKey: (name: string) => void
}

/** What was recognised, what is wrong with it, and what became of it. */
export function ImportedKeys({ imported, onClose, onOpenKey }: ImportedKeysProps) {
  const { format, warnings, keys } = imported
  const first = keys.find((one) => one.ok)
  return (
    <Modal opened onClose={onClose} title={`Imported from ${format}`} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack>
        {keys.map((one, index) => (
          <Text key={one.ok ? one.key.id : `refused ${index}`} size="sm">
            {one.ok ? (
              <>
                <b>{one.key.name}</b>, {algorithmWords[one.key.algorithm]}: in the vault
              </>
            ) : (
              <>
                {inert(one.comment ?? "A key")}: {messageOf(one.error)} {detailOf(one.error)}
              </>
            )}
          </Text>
        ))}
        {warnings.map((warning) => (
          <Alert key={warning} color="yellow" variant="light" p="xs">
            <Text size="sm">{inWindow(warning)}</Text>
          </Alert>
        ))}
        <Original mayBeShredded={keys.every((one) => one.ok)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          {first !== undefined && (
            <Button data-autofocus onClick={() => onOpenKey(first.key.name)}>
              Show the key
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

/** The file that the keys came from: it can be shredded, which is worth what the disk makes of it. */
function Original({ mayBeShredded }: { readonly mayBeShredded: boolean }) {
  const task = useTask()
  const [gone, setGone] = useState<string | null>(null)
  const shred = () =>
    task.run(async () => {
      const { path } = await ask("window.shred", {})
      setGone(path)
    })
  if (gone !== null) {
    return (
      <Alert color="claviger" variant="light" p="xs" role="status">
        <Text size="sm">
          {nameOf(gone)} was overwritten and removed. If others could read that disk, rotate the key all the same.
        </Text>
      </Alert>
    )
  }
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        The original still lies where it came from, and whoever reads it there has the key. Shredding overwrites and
        removes it. An SSD, a snapshot, a synchronised folder or a backup may keep an older copy all the same.
      </Text>
      <FailureNotice failure={task.failure} />
      {mayBeShredded && (
        <Button variant="default" size="xs" w="fit-content" disabled={task.isRunning} onClick={() => void shred()}>
          Shred the original…
        </Button>
      )}
    </Stack>
  )
}
