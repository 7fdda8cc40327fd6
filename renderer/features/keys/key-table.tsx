import { useElementSize } from "@mantine/hooks"
import { useVirtualizer } from "@tanstack/react-virtual"
import { type KeyboardEvent, useEffect, useRef } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { Pages } from "../../api/use-pages.ts"
import { columnsFor } from "./key-columns.tsx"
import { KeyHeadings, type KeySorting } from "./key-headings.tsx"
import { KeyRow } from "./key-row.tsx"
import type { KeySelection } from "./use-key-selection.ts"

interface KeyTableProps {
  readonly pages: Pages<KeyObject>
  readonly hiddenColumns: readonly string[]
  readonly sorting: KeySorting
  readonly onSort: (sorting: KeySorting) => void
  readonly selection: KeySelection
  readonly openName: string | null
  readonly onOpen: (name: string) => void
}

const rowHeight = 40

/** A table that draws only the rows in view, of any number of keys. */
export function KeyTable({ pages, hiddenColumns, sorting, onSort, selection, openName, onOpen }: KeyTableProps) {
  const { items: keys, hasMore, loadMore } = pages
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: frame, width } = useElementSize()
  const columns = columnsFor(hiddenColumns, width === 0 ? 900 : width)
  const rows = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const visible = rows.getVirtualItems()
  // Not at once: of most searches nobody scrolls to a second page.
  const isNearEnd = (visible.at(-1)?.index ?? 0) > keys.length - 20
  useEffect(() => {
    if (isNearEnd && hasMore) loadMore()
  }, [isNearEnd, hasMore, loadMore])
  const onKeyDown = useKeyboard({
    pages,
    selection,
    openName,
    go: (index, name) => {
      onOpen(name)
      rows.scrollToIndex(index)
    },
  })
  const count = keys.filter(({ id }) => selection.keys.has(id)).length
  return (
    <div
      ref={frame}
      className="key-table"
      role="grid"
      aria-label="Keys"
      aria-multiselectable
      aria-busy={pages.isPending}
      aria-rowcount={hasMore ? -1 : keys.length + 1}
    >
      <KeyHeadings
        columns={columns}
        sorting={sorting}
        onSort={onSort}
        selected={count === 0 ? "none" : count === keys.length ? "all" : "some"}
        listed={keys.length}
        onSelectAll={(isSelected) => (isSelected ? selection.set(keys) : selection.clear())}
      />
      <div ref={scroller} className="key-scroller" role="rowgroup" tabIndex={0} onKeyDown={onKeyDown} aria-label="Keys">
        <div role="presentation" className="key-space" style={{ height: rows.getTotalSize() }}>
          {visible.map(({ index, start }) => {
            const key = keys[index]
            return key === undefined ? null : (
              <KeyRow
                key={key.id}
                value={key}
                columns={columns}
                index={index}
                top={start}
                isOpen={key.name === openName}
                isSelected={selection.keys.has(key.id)}
                onOpen={() => onOpen(key.name)}
                onToggle={() => selection.toggle(key)}
                onExtend={() => selection.extendTo(keys, index)}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

interface Keyboard extends Pick<KeyTableProps, "pages" | "selection" | "openName"> {
  readonly go: (index: number, name: string) => void
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 }

/** Arrows walk and open; Space selects, Shift with arrows extends, Ctrl A takes all that are listed, Escape none. */
function useKeyboard({ pages: { items: keys }, selection, openName, go }: Keyboard): (event: KeyboardEvent) => void {
  return (event) => {
    const at = keys.findIndex(({ name }) => name === openName)
    const act = actionOf(event, at)
    if (act === null) return
    event.preventDefault()
    act()
  }
  function actionOf(event: KeyboardEvent, at: number): (() => void) | null {
    const here = keys[at]
    if (event.key === " ") return here === undefined ? null : () => selection.toggle(here)
    if (event.key === "a" && (event.ctrlKey || event.metaKey)) return () => selection.set(keys)
    if (event.key === "Escape") return selection.keys.size === 0 ? null : () => selection.clear()
    const step = steps[event.key]
    return step === undefined ? null : () => walk(at, step, event.shiftKey)
  }
  function walk(at: number, step: number, isExtending: boolean): void {
    const index = Math.min(Math.max(at + step, 0), keys.length - 1)
    const key = keys[index]
    if (key === undefined) return
    if (isExtending) selection.extendTo(keys, index)
    go(index, key.name)
  }
}
