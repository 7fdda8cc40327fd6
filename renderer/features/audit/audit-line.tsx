import { type AuditColumn, gridOf } from "./audit-columns.tsx"
import type { AuditRow } from "./audit-filter.ts"

export function AuditHeadings({ columns }: { readonly columns: readonly AuditColumn[] }) {
  return (
    <div role="rowgroup">
      <div
        role="row"
        aria-rowindex={1}
        tabIndex={-1}
        className="audit-row audit-head"
        style={{ gridTemplateColumns: gridOf(columns) }}
      >
        {columns.map(({ label }) => (
          <span key={label} role="columnheader" tabIndex={-1}>
            {label}
          </span>
        ))}
      </div>
    </div>
  )
}

interface AuditLineProps {
  readonly row: AuditRow
  readonly columns: readonly AuditColumn[]
  readonly index: number
  readonly top: number
  readonly isOpen: boolean
  readonly onOpen: () => void
}

/** One row of the log. A click opens it. */
export function AuditLine({ row, columns, index, top, isOpen, onOpen }: AuditLineProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-current={isOpen ? "true" : undefined}
      tabIndex={-1}
      className="audit-row"
      style={{ transform: `translateY(${top}px)`, gridTemplateColumns: gridOf(columns) }}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key === "Enter") onOpen()
      }}
    >
      {columns.map(({ label, cell, className }) => (
        <span key={label} role="gridcell" tabIndex={-1} className={className}>
          {cell(row)}
        </span>
      ))}
    </div>
  )
}
