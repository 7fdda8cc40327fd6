import { Button } from "@mantine/core"
import { useState } from "react"
import type { BegunAct } from "../../api/screen-acts.ts"
import { useTask } from "../../api/use-task.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import type { AuditFilter, AuditRow } from "./audit-filter.ts"
import { AuditFilters } from "./audit-filters.tsx"
import { AuditHead } from "./audit-head.tsx"
import { AuditPanel } from "./audit-panel.tsx"
import { AuditTable } from "./audit-table.tsx"
import { UnusualUse } from "./unusual-use.tsx"
import { useAuditPages } from "./use-audit-pages.ts"

/** The log, the newest rows first: whether it is whole, what of it is unusual, and all of it by whatever it is narrowed by. */
export function AuditScreen({ begun }: { readonly begun: BegunAct | null }) {
  const task = useTask()
  const [filter, setFilter] = useState<AuditFilter>({})
  const [open, setOpen] = useState<AuditRow | null>(null)
  const pages = useAuditPages(filter)
  const isBusy = pages.isPending || pages.isOld
  const isEmpty = pages.items.length === 0 && !isBusy
  return (
    <div className="with-panel">
      <section className="screen" aria-label="Audit" aria-busy={isBusy}>
        <AuditHead task={task} begun={begun} />
        <FailureNotice failure={task.failure ?? pages.failure} />
        <UnusualUse onFilter={setFilter} />
        <AuditFilters filter={filter} onChange={setFilter} />
        {isEmpty ? (
          <EmptyState
            icon={<Icon name="log" size={34} />}
            title="No such row"
            action={
              <Button variant="light" onClick={() => setFilter({})}>
                Clear filters
              </Button>
            }
          >
            Whatever is done in this vault leaves a row, also what was refused. None of them meets all of the conditions
            above at once: take one away, or choose a longer time.
          </EmptyState>
        ) : (
          <AuditTable pages={pages} openSeq={open?.seq ?? null} onOpen={setOpen} />
        )}
      </section>
      {open !== null && <AuditPanel row={open} onFilter={setFilter} onClose={() => setOpen(null)} />}
    </div>
  )
}
