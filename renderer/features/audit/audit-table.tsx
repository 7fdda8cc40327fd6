import { useElementSize } from "@mantine/hooks"
import { useVirtualizer } from "@tanstack/react-virtual"
import { type KeyboardEvent, useEffect, useRef } from "react"
import type { Pages } from "../../api/use-pages.ts"
import { columnsFor } from "./audit-columns.tsx"
import type { AuditRow } from "./audit-filter.ts"
import { AuditHeadings, AuditLine } from "./audit-line.tsx"

interface AuditTableProps {
  readonly pages: Pages<AuditRow>
  /** Of the row that is open beside the list. */
  readonly openSeq: number | null
  readonly onOpen: (row: AuditRow) => void
}

const rowHeight = 34
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 }

/** A table that draws only the rows in view, of a log of any length. Arrows walk through it and open each row. */
export function AuditTable({ pages, openSeq, onOpen }: AuditTableProps) {
  const { items: rows, hasMore, loadMore } = pages
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: frame, width } = useElementSize()
  const columns = columnsFor(width === 0 ? 900 : width)
  const drawn = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const visible = drawn.getVirtualItems()
  const isNearEnd = (visible.at(-1)?.index ?? 0) > rows.length - 20
  useEffect(() => {
    if (isNearEnd && hasMore) loadMore()
  }, [isNearEnd, hasMore, loadMore])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = rows.findIndex(({ seq }) => seq === openSeq)
    const index = Math.min(Math.max(at + step, 0), rows.length - 1)
    const row = rows[index]
    if (row === undefined) return
    onOpen(row)
    drawn.scrollToIndex(index)
  }
  return (
    <div
      ref={frame}
      className="audit-table"
      role="grid"
      aria-label="Rows of the log"
      aria-busy={pages.isPending || pages.isOld}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
    >
      <AuditHeadings columns={columns} />
      <div
        ref={scroller}
        className="audit-scroller"
        role="rowgroup"
        tabIndex={0}
        onKeyDown={onKeyDown}
        aria-label="Rows of the log"
      >
        <div role="presentation" className="audit-space" style={{ height: drawn.getTotalSize() }}>
          {visible.map(({ index, start }) => {
            const row = rows[index]
            return row === undefined ? null : (
              <AuditLine
                key={row.seq}
                row={row}
                columns={columns}
                index={index}
                top={start}
                isOpen={row.seq === openSeq}
                onOpen={() => onOpen(row)}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
