import { Button, Group, Text } from "@mantine/core"
import { useEffect, useEffectEvent, useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { type BegunAct, screenActs } from "../../api/screen-acts.ts"
import { useBegunAct } from "../../api/use-begun-act.ts"
import { type Task, useTask } from "../../api/use-task.ts"
import { Ago } from "../../ui/ago.tsx"
import { Icon } from "../../ui/icon.tsx"
import { nameOf } from "../../ui/path-parts.ts"

interface AuditActionsProps {
  readonly task: Task
  readonly begun: BegunAct | null
}

interface Verified {
  readonly report: AnswerTo<"audit.verify">
  readonly at: number
}

/** Checking the chain, which is done as the screen opens too, and taking a copy of it that others can check. */
export function AuditActions({ task, begun }: AuditActionsProps) {
  const [verified, setVerified] = useState<Verified | null>(null)
  const [exported, setExported] = useState<string | null>(null)
  const verify = async () => {
    setVerified(null)
    setVerified({ report: await ask("audit.verify", {}), at: Date.now() })
  }
  const exportLog = () =>
    task.run(async () => {
      const { path } = await ask("window.choose", { what: "audit-export", suggestedName: "audit.jsonl" })
      if (path === null) return
      await ask("audit.export", { out: path, force: true })
      setExported(path)
    })
  const first = useTask()
  const verifyFirst = useEffectEvent(() => void first.run(verify))
  useEffect(() => verifyFirst(), [])
  useBegunAct(begun, { "verify-log": () => void task.run(verify), "export-log": () => void exportLog() })
  return (
    <Group gap="xs" justify="flex-end">
      {exported !== null && (
        <Text size="sm" c="dimmed" role="status" title={exported}>
          exported to {nameOf(exported)}
        </Text>
      )}
      <VerifiedText verified={verified} />
      <Button
        variant="default"
        leftSection={<Icon name={screenActs["export-log"].icon} size={16} />}
        disabled={task.isRunning}
        onClick={() => void exportLog()}
      >
        {screenActs["export-log"].label}…
      </Button>
      <Button
        leftSection={<Icon name={screenActs["verify-log"].icon} size={16} />}
        disabled={task.isRunning || first.isRunning}
        onClick={() => void task.run(verify)}
      >
        {screenActs["verify-log"].label}
      </Button>
    </Group>
  )
}

function VerifiedText({ verified }: { readonly verified: Verified | null }) {
  if (verified === null) {
    return (
      <Text size="sm" c="dimmed" role="status">
        verifying…
      </Text>
    )
  }
  const { report, at } = verified
  return (
    <Text size="sm" c={report.ok ? "dimmed" : "red"} role="status">
      {report.ok
        ? `verified to row ${report.head.seq}`
        : `broken at row ${report.firstBad ?? "–"}: ${report.reason ?? ""}`}
      , <Ago at={at} />
    </Text>
  )
}
