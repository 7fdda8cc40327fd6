import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core"
import { failures } from "../../../preload/contract/failure.ts"
import type { AnswerTo } from "../../api/ask.ts"
import { algorithmWord } from "../../api/key-words.ts"

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
                <b>{one.key.name}</b>, {algorithmWord(one.key.algorithm)}: in the vault
              </>
            ) : (
              <>
                {one.comment ?? "A key"}: {failures[one.error.code].message} {one.error.detail}
              </>
            )}
          </Text>
        ))}
        {warnings.map((warning) => (
          <Alert key={warning} color="yellow" variant="light" p="xs">
            <Text size="sm">{warning}</Text>
          </Alert>
        ))}
        <Text size="sm" c="dimmed">
          The original still lies where it came from. Whoever reads it there has the key.
        </Text>
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
