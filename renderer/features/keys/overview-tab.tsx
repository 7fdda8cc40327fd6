import { Alert, Badge, Group, Stack, Text } from "@mantine/core"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { algorithmWord, purposeWords } from "../../api/key-words.ts"
import { CopyButton } from "../../ui/copy-button.tsx"
import { Facts } from "../../ui/facts.tsx"
import { asDate, fromNow } from "../../ui/time.ts"

const exportWords = {
  never: "never leaves this vault",
  wrapped: "leaves encrypted only",
  yes: "may leave in the clear",
} as const

export function OverviewTab({ value }: { readonly value: KeyObject }) {
  const { algorithm, purpose, keyring, exportable, origin, createdAt, expiresAt, nextRotationAt, rotateEvery } = value
  return (
    <Stack gap="md">
      {value.findings.map(({ rule, message }) => (
        <Alert key={rule} variant="light" color="yellow" p="xs">
          <Text size="sm">{message}</Text>
        </Alert>
      ))}
      <Prints value={value} />
      <Facts
        facts={[
          ["Algorithm", algorithmWord(algorithm)],
          ["Purpose", purposeWords[purpose]],
          ["May do", value.usages.join(", ")],
          ["Keyring", keyring],
          ["Export", exportWords[exportable]],
          ["Made", `${asDate(createdAt)}, ${origin}`],
          [
            "Rotation",
            nextRotationAt === null ? "not planned" : `${fromNow(nextRotationAt)}, every ${rotateEvery ?? "–"}`,
          ],
          ["Expires", expiresAt === null ? "never" : asDate(expiresAt)],
          ["Owner", value.owner ?? "–"],
        ]}
      />
      {value.tags.length > 0 && (
        <Group gap={6}>
          {value.tags.map((tag) => (
            <Badge key={tag} variant="outline" color="gray" tt="none">
              {tag}
            </Badge>
          ))}
        </Group>
      )}
    </Stack>
  )
}

/** What tells one key from another: the fingerprint, or for a secret key its check value. */
function Prints({ value }: { readonly value: KeyObject }) {
  const current = value.versions.find(({ version }) => version === value.currentVersion)
  const prints = [
    ["Fingerprint", value.fingerprints?.openssh ?? value.fingerprint],
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
    </Stack>
  )
}
