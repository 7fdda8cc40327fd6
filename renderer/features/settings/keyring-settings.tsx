import { Button, Group, Stack, Text } from "@mantine/core"
import { useState } from "react"
import type { Keyring } from "../../../preload/contract/keyring.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { Card } from "../../ui/card.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { count } from "../key-actions/counted.ts"
import { NewKeyringDialog } from "../key-actions/new-keyring-dialog.tsx"
import { KeyringPolicyDialog } from "../policy/keyring-policy-dialog.tsx"
import { EnrollTokenDialog } from "./enroll-token-dialog.tsx"
import { KeyringHolders } from "./keyring-holders.tsx"
import { contentOf } from "./keyring-words.ts"
import { RotateKeyringDialog } from "./rotate-keyring-dialog.tsx"

/** The compartments of the vault, what opens each, and what its keys may be. */
export function KeyringSettings() {
  const { data, error } = useAnswer("keyring.list", {})
  const [isMaking, setMaking] = useState(false)
  const close = () => setMaking(false)
  return (
    <Card
      title="Keyrings"
      says="Compartments of the vault. One that tokens hold can't be used while all of them are away: enrol a second one, for when the first is lost."
    >
      <FailureNotice failure={error} />
      {data?.keyrings.map((keyring) => (
        <KeyringRow key={keyring.id} keyring={keyring} />
      ))}
      <Group>
        <Button variant="default" size="xs" onClick={() => setMaking(true)}>
          New keyring…
        </Button>
      </Group>
      {isMaking && <NewKeyringDialog onMade={close} onClose={close} />}
    </Card>
  )
}

function KeyringRow({ keyring }: { readonly keyring: Keyring }) {
  const [dialog, setDialog] = useState<"enroll" | "policy" | "rotate" | null>(null)
  const close = () => setDialog(null)
  const name = inert(keyring.name)
  const isHeld = keyring.tokens.length > 0
  return (
    <Stack gap={2} role="group" aria-label={`Keyring ${name}`}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" className="breaks">
          {name} <span className="is-quiet">{inWords(keyring)}</span>
        </Text>
        <Group gap="xs" wrap="nowrap">
          {isHeld && (
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setDialog("enroll")}>
              Enrol a token…
            </Button>
          )}
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setDialog("policy")}>
            Policy…
          </Button>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setDialog("rotate")}>
            Rotate…
          </Button>
        </Group>
      </Group>
      {isHeld && <KeyringHolders keyring={keyring} />}
      {dialog === "enroll" && <EnrollTokenDialog keyring={keyring} onClose={close} />}
      {dialog === "policy" && <KeyringPolicyDialog keyring={keyring.name} onClose={close} />}
      {dialog === "rotate" && <RotateKeyringDialog keyring={keyring} onClose={close} />}
    </Stack>
  )
}

function inWords(keyring: Keyring): string {
  const { kekVersion, tokens } = keyring
  const holder = tokens.length === 0 ? "held by the vault itself" : `held by ${count(tokens.length, "token")}`
  return `${contentOf(keyring)}, ${holder}, key-encryption key ${kekVersion}`
}
