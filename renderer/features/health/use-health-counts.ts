import { useAnswer } from "../../api/use-answer.ts"
import { mostFindings } from "./findings-tab.tsx"
import { mostIdle } from "./idle-tab.tsx"
import { mostExposed } from "./quantum-tab.tsx"
import { untestedOf } from "./untested-tab.tsx"

interface HealthCounts {
  readonly [part: string]: number | undefined
}

/** How much there is to look at in each part that has such a figure: asked as the part itself asks, so that each is found out once. */
export function useHealthCounts(): HealthCounts {
  const due = useAnswer("report.due", { limit: 1 })
  const findings = useAnswer("policy.check", { limit: mostFindings })
  const quantum = useAnswer("report.quantum", { limit: mostExposed })
  const idle = useAnswer("report.usage", { limit: mostIdle })
  const backups = useAnswer("vault.backups", {})
  return {
    due: due.data && due.data.counts.overdue + due.data.counts.due + due.data.counts.soon,
    findings: findings.data && findings.data.counts.error + findings.data.counts.warning,
    quantum: quantum.data?.exposedCount,
    idle: idle.data?.counts.unused,
    backups: backups.data && untestedOf(backups.data.backups).length,
  }
}
