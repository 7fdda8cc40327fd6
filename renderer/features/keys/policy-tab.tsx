import { Button, Group, Stack, Text } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { Facts } from "../../ui/facts.tsx"
import { asDate, asDateAndTime, fromNow, isPast } from "../../ui/time.ts"
import { lengthWords } from "../key-actions/counted.ts"
import { exportWords, PolicyDialog } from "../key-actions/policy-dialog.tsx"

/** The rules that this key is under, and when they next ask for something. */
export function PolicyTab({ value }: { readonly value: KeyObject }) {
  const { usages, exportable, rotateEvery, protectFor, nextRotationAt, activatesAt, expiresAt, state } = value
  const [isChanging, setChanging] = useState(false)
  return (
    <Stack gap="md">
      <Facts
        facts={[
          ["May do", usages.length === 0 ? "nothing but be read" : usages.join(", ")],
          ["Export", exportWords[exportable]],
          ["Rotation", rotateEvery === null ? "not planned" : `every ${lengthWords(rotateEvery)}`],
          ["Next rotation", nextRotationAt === null ? "–" : nextWords(nextRotationAt)],
          ["Must stay protected", protectFor === null ? "as the policy says" : `for ${lengthWords(protectFor)}`],
          ["Works from", activatesAt === null ? "when it was made" : asDateAndTime(activatesAt)],
          ["Expires", expiresAt === null ? "never" : `${asDateAndTime(expiresAt)} (${fromNow(expiresAt)})`],
        ]}
      />
      <Text size="sm" c="dimmed">
        One key, one job: what it may do comes from its purpose. Export can only be made stricter. After its end a key
        makes nothing new, and still opens and verifies what it made.
      </Text>
      {state !== "destroyed" && (
        <Group>
          <Button size="xs" variant="default" onClick={() => setChanging(true)}>
            Change the rules…
          </Button>
        </Group>
      )}
      {isChanging && <PolicyDialog value={value} onClose={() => setChanging(false)} />}
    </Stack>
  )
}

function nextWords(at: string): string {
  return isPast(at) ? `due since ${asDate(at)}` : `${asDate(at)} (${fromNow(at)})`
}
