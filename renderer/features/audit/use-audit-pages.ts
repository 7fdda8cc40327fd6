import { ask } from "../../api/ask.ts"
import { type Pages, usePages } from "../../api/use-pages.ts"
import { type AuditFilter, type AuditRow, requestFor } from "./audit-filter.ts"

/** The newest rows first. */
export function useAuditPages(filter: AuditFilter): Pages<AuditRow> {
  return usePages(["audit.list", filter], async (page) => {
    const { rows: items, next } = await ask("audit.list", { ...requestFor(filter), ...page })
    return { items, next }
  })
}
