import { Button, Group, Stack, Text } from "@mantine/core"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { algorithmWords } from "../../api/key-words.ts"
import { Facts } from "../../ui/facts.tsx"
import { asDate } from "../../ui/time.ts"

interface KeyMadeProps {
  readonly value: KeyObject
  readonly onOpen: () => void
  readonly onBackups: () => void
}

export function KeyMade({ value, onOpen, onBackups }: KeyMadeProps) {
  const { name, algorithm, fingerprint, fingerprints, nextRotationAt, versions } = value
  const isHere = value.location === "vault"
  const print = fingerprints?.openssh ?? fingerprint ?? versions[0]?.kcv ?? ""
  return (
    <Stack>
      <Facts
        facts={[
          ["Name", name],
          ["Algorithm", algorithmWords[algorithm]],
          [
            fingerprint === null ? "Check value" : "Fingerprint",
            <code key="print" className="print">
              {print}
            </code>,
          ],
          ["Next rotation", nextRotationAt === null ? "not planned" : asDate(nextRotationAt)],
        ]}
      />
      <Text size="sm" c="dimmed">
        {isHere
          ? "It exists only in this vault. A backup made now holds it too."
          : "It is in the token and nowhere else: no backup holds it, and nothing signs with it while the token is away."}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onBackups}>
          Back up the vault
        </Button>
        <Button onClick={onOpen} autoFocus>
          Show the key
        </Button>
      </Group>
    </Stack>
  )
}
