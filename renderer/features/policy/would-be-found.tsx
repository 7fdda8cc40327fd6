import { Alert, List, Text } from "@mantine/core"
import type { PolicyFile } from "../../../preload/contract/policy-file.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { inWindow } from "../../api/words-of-window.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { Working } from "../../ui/working.tsx"
import { count } from "../key-actions/counted.ts"

interface WouldBeFoundProps {
  readonly keyring: string
  readonly stated: PolicyFile
}

/** The others are counted: after the policy is set, Health lists them all. */
const shown = 5

/** What a policy would find among the keys that are there, before it is set. */
export function WouldBeFound({ keyring, stated }: WouldBeFoundProps) {
  const { data, error } = useAnswer("policy.check", { keyring, as: stated, limit: shown })
  if (error !== null) return <FailureNotice failure={error} />
  if (data === undefined) return <Working says="Looking what it would find" />
  const { counts, findings } = data
  const all = counts.error + counts.warning
  if (all === 0) {
    return (
      <Alert color="claviger" variant="light" role="status">
        <Text size="sm">Every key that is there meets it.</Text>
      </Alert>
    )
  }
  return (
    <Alert
      color="orange"
      variant="light"
      role="status"
      title={`It would find ${count(counts.error, "error")} and ${count(counts.warning, "warning")}`}
    >
      <List size="sm" spacing={2}>
        {findings.map(({ key, rule, message }) => (
          <List.Item key={`${key} ${rule}`}>
            <b>{inert(key)}</b>: {inWindow(message)}
          </List.Item>
        ))}
      </List>
      {all > findings.length && <Text size="sm">And {all - findings.length} more.</Text>}
      <Text size="sm" c="dimmed">
        Such keys stay, and what they protect still opens. Those whose algorithm, purpose or place it does not allow
        protect nothing new.
      </Text>
    </Alert>
  )
}
