import { Alert, Badge, Button, Group, Stack, Text } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { algorithmWords, purposeWords } from "../../api/key-words.ts"
import { inWindow } from "../../api/words-of-window.ts"
import { CopyButton } from "../../ui/copy-button.tsx"
import { Facts } from "../../ui/facts.tsx"
import { inert } from "../../ui/inert.ts"
import { asDate, withTimes } from "../../ui/time.ts"
import { mayGoIntoToken } from "../key-actions/actions-of-key.ts"
import { CopyIntoTokenDialog } from "../key-actions/copy-into-token-dialog.tsx"
import { EditDialog } from "../key-actions/edit-dialog.tsx"
import { MoveDialog } from "../key-actions/move-dialog.tsx"
import { KeyArt } from "./key-art.tsx"

interface OverviewTabProps {
  readonly value: KeyObject
  readonly onRenamed: (name: string) => void
}

export function OverviewTab({ value, onRenamed }: OverviewTabProps) {
  const { algorithm, purpose, keyring, origin, location, createdAt } = value
  const [isEditing, setEditing] = useState(false)
  const [isMoving, setMoving] = useState(false)
  const [isCopying, setCopying] = useState(false)
  return (
    <Stack gap="md">
      {value.findings.map(({ rule, message }) => (
        <Alert key={rule} variant="light" color="yellow" p="xs">
          <Text size="sm">{withTimes(inWindow(message))}</Text>
        </Alert>
      ))}
      <Prints value={value} />
      <Facts
        facts={[
          ["Algorithm", algorithmWords[algorithm]],
          ["Purpose", purposeWords[purpose]],
          ["Keyring", inert(keyring)],
          ["Location", location],
          ["Made", `${asDate(createdAt)}, ${origin}`],
          ["Owner", inert(value.owner ?? "–")],
          ["Environment", inert(value.environment ?? "–")],
        ]}
      />
      {value.tags.length > 0 && (
        <Group gap={6}>
          {value.tags.map((tag) => (
            <Badge key={tag} variant="outline" color="gray" tt="none">
              {inert(tag)}
            </Badge>
          ))}
        </Group>
      )}
      <Group>
        <Button size="xs" variant="default" onClick={() => setEditing(true)}>
          Edit…
        </Button>
        {value.state !== "destroyed" && (
          <Button size="xs" variant="default" onClick={() => setMoving(true)}>
            Move to keyring…
          </Button>
        )}
        {mayGoIntoToken(value) && (
          <Button size="xs" variant="default" onClick={() => setCopying(true)}>
            Copy into a token…
          </Button>
        )}
      </Group>
      {isCopying && <CopyIntoTokenDialog value={value} onClose={() => setCopying(false)} />}
      {isMoving && <MoveDialog value={value} onClose={() => setMoving(false)} />}
      {isEditing && <EditDialog value={value} onRenamed={onRenamed} onClose={() => setEditing(false)} />}
    </Stack>
  )
}

/** What tells one key from another: the fingerprint, or for a secret key its check value. */
function Prints({ value }: { readonly value: KeyObject }) {
  const current = value.versions.find(({ version }) => version === value.currentVersion)
  const prints = [
    ["Fingerprint (OpenSSH)", value.fingerprints?.openssh ?? null],
    ["Fingerprint (SPKI)", value.fingerprint],
    ["Check value (KCV)", current?.kcv ?? null],
  ] as const
  return (
    <Stack gap="xs">
      {prints.map(([label, print]) =>
        print === null ? null : (
          <div key={label}>
            <Text size="xs" c="dimmed">
              {label}
            </Text>
            <Group gap={4} wrap="nowrap">
              <code className="print">{print}</code>
              <CopyButton label={`Copy: ${label}`} onCopy={() => ask("window.copy", { text: print })} />
            </Group>
          </div>
        ),
      )}
      <KeyArt value={value} />
    </Stack>
  )
}
