import { Button, Group, Text, Title } from "@mantine/core"
import { useEffect, useEffectEvent, useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { type BegunAct, screenActs } from "../../api/screen-acts.ts"
import { useBegunAct } from "../../api/use-begun-act.ts"
import { type Task, useTask } from "../../api/use-task.ts"
import { Ago } from "../../ui/ago.tsx"
import { Icon } from "../../ui/icon.tsx"
import { nameOf } from "../../ui/path-parts.ts"

interface AuditHeadProps {
  readonly task: Task
  readonly begun: BegunAct | null
}

interface Verified {
  readonly report: AnswerTo<"audit.verify">
  readonly at: number
}

/** The title, and below it how the chain was found, which is looked at as the screen opens; a copy can be taken that others can check. */
export function AuditHead({ task, begun }: AuditHeadProps) {
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
    <Group justify="space-between" wrap="nowrap" className="screen-head">
      <div>
        <Title order={1} size="h3">
          Audit
        </Title>
        <Text size="xs" c="dimmed" role="status">
          <VerifiedText verified={verified} />
          {exported !== null && `; exported to ${nameOf(exported)}`}
        </Text>
      </div>
      <Group gap="xs" justify="flex-end">
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
    </Group>
  )
}

function VerifiedText({ verified }: { readonly verified: Verified | null }) {
  if (verified === null) return "verifying…"
  const { report, at } = verified
  const { ok, head, firstBad, reason } = report
  return (
    <span className={ok ? "" : "is-danger"}>
      {ok ? `verified to row ${head.seq}` : `broken at row ${firstBad ?? "–"}: ${reason ?? ""}`}, <Ago at={at} />
    </span>
  )
}
