import type { ReactNode } from "react"
import { asDateAndTime } from "../../ui/time.ts"
import type { AuditRow } from "./audit-filter.ts"

export interface AuditColumn {
  readonly label: string
  /** For CSS's grid. */
  readonly width: string
  /** In pixels: in a narrower table it gives way. */
  readonly from: number
  /** In a wider one it gives way to another. */
  readonly until?: number
  readonly className?: string
  readonly cell: (row: AuditRow) => ReactNode
}

const outcomeFrom = 400

const columns: readonly AuditColumn[] = [
  { label: "Row", width: "48px", from: 560, className: "is-quiet", cell: ({ seq }) => seq },
  { label: "Time", width: "158px", from: 0, cell: ({ at }) => asDateAndTime(at) },
  {
    label: "Action",
    width: "minmax(108px, 1fr)",
    from: outcomeFrom,
    className: "audit-action",
    cell: ({ action }) => action,
  },
  {
    label: "Action",
    width: "minmax(0, 1fr)",
    from: 0,
    until: outcomeFrom,
    className: "audit-action",
    cell: ({ action, outcome }) => (outcome === "done" ? action : `${action} (${outcome})`),
  },
  { label: "Target", width: "minmax(0, 1.2fr)", from: 440, cell: ({ target }) => target ?? "–" },
  { label: "By", width: "minmax(64px, 0.8fr)", from: 640, className: "is-quiet", cell: ({ actor }) => actor },
  { label: "Outcome", width: "64px", from: outcomeFrom, cell: ({ outcome }) => <OutcomeText outcome={outcome} /> },
]

export function columnsFor(width: number): readonly AuditColumn[] {
  return columns.filter(({ from, until = Number.POSITIVE_INFINITY }) => width >= from && width < until)
}

export function gridOf(shown: readonly AuditColumn[]): string {
  return shown.map(({ width }) => width).join(" ")
}

function OutcomeText({ outcome }: { readonly outcome: string }) {
  return <span className={outcome === "done" ? "is-quiet" : "is-due"}>{outcome}</span>
}
