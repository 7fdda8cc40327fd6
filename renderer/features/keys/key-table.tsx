import { useVirtualizer } from "@tanstack/react-virtual"
import { type KeyboardEvent, useEffect, useRef } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { algorithmWord, purposeWords } from "../../api/key-words.ts"
import { fromNow, isPast } from "../../ui/time.ts"
import { StateBadge } from "./state-badge.tsx"
import type { KeyPages } from "./use-key-pages.ts"

interface KeyTableProps {
  readonly pages: KeyPages
  readonly openName: string | null
  readonly onOpen: (name: string) => void
}

const rowHeight = 40
const headings = ["Name", "Algorithm", "Purpose", "State", "Next rotation", "Keyring"]

/** A table that draws only the rows in view, of any number of keys. */
export function KeyTable({ pages, openName, onOpen }: KeyTableProps) {
  const { keys, hasMore, loadMore } = pages
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const visible = rows.getVirtualItems()
  const isNearEnd = (visible.at(-1)?.index ?? 0) > keys.length - 60
  useEffect(() => {
    if (isNearEnd && hasMore) loadMore()
  }, [isNearEnd, hasMore, loadMore])
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const now = keys.findIndex(({ name }) => name === openName)
    const index = Math.min(Math.max(now + step, 0), keys.length - 1)
    const key = keys[index]
    if (key === undefined) return
    onOpen(key.name)
    rows.scrollToIndex(index)
  }
  return (
    <div
      className="key-table"
      role="grid"
      aria-label="Keys"
      aria-busy={pages.isPending}
      aria-rowcount={hasMore ? -1 : keys.length + 1}
    >
      <div role="row" aria-rowindex={1} className="key-row key-head" tabIndex={-1}>
        {headings.map((heading) => (
          <span key={heading} role="columnheader" tabIndex={-1}>
            {heading}
          </span>
        ))}
      </div>
      <div ref={scroller} className="key-scroller" role="rowgroup" tabIndex={0} onKeyDown={move} aria-label="Keys">
        <div role="presentation" className="key-space" style={{ height: rows.getTotalSize() }}>
          {visible.map(({ index, start }) => {
            const key = keys[index]
            return key === undefined ? null : (
              <KeyRow
                key={key.id}
                value={key}
                index={index}
                top={start}
                isOpen={key.name === openName}
                onOpen={onOpen}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

interface KeyRowProps {
  readonly value: KeyObject
  readonly index: number
  readonly top: number
  readonly isOpen: boolean
  readonly onOpen: (name: string) => void
}

function KeyRow({ value, index, top, isOpen, onOpen }: KeyRowProps) {
  const { name, algorithm, purpose, state, nextRotationAt, keyring } = value
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      className="key-row"
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(name)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onOpen(name)
      }}
      tabIndex={-1}
    >
      <span role="gridcell" tabIndex={-1} className="key-name" title={name}>
        {name}
      </span>
      <span role="gridcell" tabIndex={-1}>
        {algorithmWord(algorithm)}
      </span>
      <span role="gridcell" tabIndex={-1}>
        {purposeWords[purpose]}
      </span>
      <span role="gridcell" tabIndex={-1}>
        <StateBadge state={state} />
      </span>
      <span role="gridcell" tabIndex={-1} className={isDue(value) ? "is-due" : "is-quiet"}>
        {isDue(value) ? "due now" : nextRotationAt === null ? "–" : fromNow(nextRotationAt)}
      </span>
      <span role="gridcell" tabIndex={-1} className="is-quiet">
        {keyring}
      </span>
    </div>
  )
}

function isDue({ nextRotationAt, state }: KeyObject): boolean {
  return nextRotationAt !== null && state === "active" && isPast(nextRotationAt)
}
