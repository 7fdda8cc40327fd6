import { UnstyledButton } from "@mantine/core"
import type { KeyOrder } from "../../../preload/contract/key.ts"
import { gridOf, type KeyColumn } from "./key-columns.tsx"

export interface KeySorting {
  readonly order: KeyOrder
  readonly descending: boolean
}

interface KeyHeadingsProps {
  readonly columns: readonly KeyColumn[]
  readonly sorting: KeySorting
  readonly onSort: (sorting: KeySorting) => void
  readonly selected: "none" | "some" | "all"
  readonly listed: number
  readonly onSelectAll: (isSelected: boolean) => void
}

/** The first row: a click on a heading sorts by it, and another turns the order round. */
export function KeyHeadings({ columns, sorting, onSort, selected, listed, onSelectAll }: KeyHeadingsProps) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="key-row key-head"
      style={{ gridTemplateColumns: gridOf(columns) }}
      tabIndex={-1}
    >
      <span role="columnheader" tabIndex={-1} className="key-check">
        <input
          type="checkbox"
          aria-label={`Select the ${listed} listed keys`}
          checked={selected === "all"}
          ref={(box) => {
            if (box !== null) box.indeterminate = selected === "some"
          }}
          onChange={(event) => onSelectAll(event.currentTarget.checked)}
        />
      </span>
      {columns.map(({ id, heading, order }) => {
        const isSorted = order === sorting.order
        return (
          <span
            key={id}
            role="columnheader"
            tabIndex={-1}
            aria-sort={isSorted ? (sorting.descending ? "descending" : "ascending") : undefined}
          >
            {order === null ? (
              heading
            ) : (
              <UnstyledButton
                className="key-heading"
                onClick={() => onSort({ order, descending: isSorted && !sorting.descending })}
              >
                {heading}
                <span aria-hidden>{isSorted ? (sorting.descending ? " ▼" : " ▲") : ""}</span>
              </UnstyledButton>
            )}
          </span>
        )
      })}
    </div>
  )
}
