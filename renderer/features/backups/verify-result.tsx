import { Alert, List, Text } from "@mantine/core"
import type { AnswerTo } from "../../api/ask.ts"
import { count } from "../key-actions/counted.ts"

/** What verifying the vault found. */
export function VerifyResult({ report: { ok, checked, problems } }: { readonly report: AnswerTo<"vault.verify"> }) {
  const { keys, versions, auditRows } = checked
  if (ok) {
    return (
      <Alert color="claviger" variant="light" role="status">
        <Text size="sm">
          The vault is whole: every page, {count(keys, "key")}, {count(versions, "version")} and{" "}
          {count(auditRows, "row")} of the log.
        </Text>
      </Alert>
    )
  }
  return (
    <Alert color="red" variant="light" role="alert" title="The vault is not as it was left">
      <List size="sm">
        {problems.map(({ rule, message, target }) => (
          <List.Item key={`${rule} ${target} ${message}`}>
            {target === undefined ? "" : `${target}: `}
            {message}
          </List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed">
        Change nothing in it. Restore a backup to another folder, and compare.
      </Text>
    </Alert>
  )
}
