import { Button, Text } from "@mantine/core"
import { useState } from "react"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { Scrolls } from "../../ui/scrolls.tsx"
import { asDate } from "../../ui/time.ts"
import { count } from "../key-actions/counted.ts"
import { KeyringPolicyDialog } from "./keyring-policy-dialog.tsx"
import { profiles } from "./policy-words.ts"

/** Every keyring with the policy that holds in it. */
export function KeyringPolicies() {
  const { data, error } = useAnswer("keyring.list", {})
  const [open, setOpen] = useState<string | null>(null)
  return (
    <Scrolls label="Policies of keyrings">
      <FailureNotice failure={error} />
      <ul className="plain-list">
        {(data?.keyrings ?? []).map(({ id, name, keys }) => (
          <PolicyLine key={id} keyring={name} keys={keys} onOpen={() => setOpen(name)} />
        ))}
      </ul>
      {open !== null && <KeyringPolicyDialog keyring={open} onClose={() => setOpen(null)} />}
    </Scrolls>
  )
}

interface PolicyLineProps {
  readonly keyring: string
  readonly keys: number
  readonly onOpen: () => void
}

function PolicyLine({ keyring, keys, onOpen }: PolicyLineProps) {
  const { data, error } = useAnswer("keyring.policy", { name: keyring })
  const [newest] = data?.history ?? []
  return (
    <li className="policy-line">
      <div className="grows">
        <Text size="sm" fw={500} className="breaks">
          {inert(keyring)}
        </Text>
        <Text size="xs" c="dimmed">
          {count(keys, "key")}
        </Text>
      </div>
      <div className="grows">
        <FailureNotice failure={error} />
        {data !== undefined && (
          <>
            <Text size="sm">
              {profiles[data.effective.profile].label}
              {Object.keys(data.stated).length > 1 && ", with rules of its own"}
            </Text>
            <Text size="xs" c="dimmed">
              {newest === undefined ? "never set" : `version ${newest.version}, ${asDate(newest.at)}`}
            </Text>
          </>
        )}
      </div>
      <Button size="compact-sm" variant="default" aria-label={`Policy… ${inert(keyring)}`} onClick={onOpen}>
        Policy…
      </Button>
    </li>
  )
}
