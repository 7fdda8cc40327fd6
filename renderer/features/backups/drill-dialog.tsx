import { Alert, Button, Group, Modal, Select, Stack, Text } from "@mantine/core"
import { useRef, useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { screenActs } from "../../api/screen-acts.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { nameOf } from "../../ui/path-parts.ts"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"
import { asDateAndTime } from "../../ui/time.ts"
import { capital, count } from "../key-actions/counted.ts"
import type { Backup } from "./backup-words.ts"

const { label } = screenActs.drill

interface DrillDialogProps {
  /** Those that can be drilled. */
  readonly backups: readonly Backup[]
  readonly first: Backup
  readonly onClose: () => void
}

/** Tries a backup as after a loss. What is found is said here, and stays in the list and in the log. */
export function DrillDialog({ backups, first, onClose }: DrillDialogProps) {
  const task = useTask()
  const passphrase = useRef<HTMLInputElement>(null)
  const [id, setId] = useState(first.id)
  const [found, setFound] = useState<string | null>(null)
  const [drilled, setDrilled] = useState<AnswerTo<"vault.drill"> | null>(null)
  const backup = backups.find((one) => one.id === id) ?? first
  const isElsewhere = backup.file === "missing"
  const drill = () =>
    task.run(async () => {
      const bytes = takeSecret(passphrase)
      try {
        setDrilled(
          await ask("vault.drill", {
            ...(isElsewhere && found !== null ? { file: found } : { backup: id }),
            passphrase: bytes,
          }),
        )
      } finally {
        bytes.fill(0)
      }
    })
  const find = () =>
    task.run(async () => {
      const { path } = await ask("window.choose", { what: "restore-file", suggestedName: nameOf(backup.path) })
      if (path !== null) setFound(path)
    })
  if (drilled !== null) return <DrillResult drilled={drilled} onClose={onClose} />
  return (
    <ActionDialog
      title={label}
      action={label}
      isRunning={task.isRunning}
      long="vault.drill"
      failure={task.failure}
      isReady={!isElsewhere || found !== null}
      onAct={() => void drill()}
      onClose={onClose}
    >
      <Text size="sm">
        The backup is restored in a temporary place, opened with its passphrase, verified to the last page and row, and
        compared with what was recorded when it was made. Then the copy is removed. Your vault stays as it is.
      </Text>
      <Select
        label="Backup"
        data={backups.map((one) => ({ value: one.id, label: `${nameOf(one.path)}, ${asDateAndTime(one.createdAt)}` }))}
        value={id}
        onChange={(picked) => {
          setId(picked ?? id)
          setFound(null)
        }}
      />
      {isElsewhere && (
        <Group wrap="nowrap">
          <Text size="sm" className={`grows breaks ${found === null ? "is-quiet" : ""}`}>
            {found ?? `It is not at ${backup.path}.`}
          </Text>
          <Button variant="default" size="xs" onClick={() => void find()}>
            Find it…
          </Button>
        </Group>
      )}
      <SecretField
        label="Passphrase of the backup"
        description={`The one that the vault had on ${asDateAndTime(backup.createdAt)}.`}
        input={passphrase}
        isFocused
      />
    </ActionDialog>
  )
}

interface DrillResultProps {
  readonly drilled: AnswerTo<"vault.drill">
  readonly onClose: () => void
}

function DrillResult({ drilled: { ok, problem, path, keys, versions }, onClose }: DrillResultProps) {
  return (
    <Modal opened onClose={onClose} title={label} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack>
        {ok ? (
          <Alert color="claviger" variant="light" title={`${nameOf(path)} restores`} role="status">
            It opened, and is whole: {count(keys, "key")} and {count(versions, "version")}, as recorded when it was
            made. The copy is removed.
          </Alert>
        ) : (
          <Alert color="red" variant="light" title={`${nameOf(path)} does not restore`} role="alert">
            <Text size="sm">{capital(problem ?? "it is damaged")}.</Text>
            <Text size="sm" c="dimmed">
              Do not count on it. Make another backup, on another disk, and drill that.
            </Text>
          </Alert>
        )}
        <Group justify="flex-end">
          <Button data-autofocus onClick={onClose}>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
