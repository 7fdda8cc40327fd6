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
          The vault is whole{problems.length === 0 ? "" : ", as far as it could be checked"}: every page,{" "}
          {count(keys, "key")}, {count(versions, "version")} and {count(auditRows, "row")} of the log.
        </Text>
        <Problems problems={problems} />
      </Alert>
    )
  }
  return (
    <Alert color="red" variant="light" role="alert" title="The vault is not as it was left">
      <Problems problems={problems} />
      <Text size="sm" c="dimmed">
        Change nothing in it. Restore a backup to another folder, and compare.
      </Text>
    </Alert>
  )
}

function Problems({ problems }: Pick<AnswerTo<"vault.verify">, "problems">) {
  return (
    <List size="sm">
      {problems.map(({ rule, message, target }) => (
        <List.Item key={`${rule} ${target} ${message}`}>
          {target === undefined ? "" : `${target}: `}
          {message}
        </List.Item>
      ))}
    </List>
  )
}
