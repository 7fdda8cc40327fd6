import type { MouseEvent } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { inert } from "../../ui/inert.ts"
import { gridOf, type KeyColumn } from "./key-columns.tsx"

interface KeyRowProps {
  readonly value: KeyObject
  readonly columns: readonly KeyColumn[]
  readonly index: number
  readonly top: number
  readonly isOpen: boolean
  readonly isSelected: boolean
  readonly onOpen: () => void
  readonly onToggle: () => void
  readonly onExtend: () => void
}

/** One key. A click opens it; with Ctrl or ⌘ it is selected too, with Shift all up to it. */
export function KeyRow(props: KeyRowProps) {
  const { value, columns, index, top, isOpen, isSelected, onOpen, onToggle, onExtend } = props
  const choose = (event: MouseEvent) => {
    if (event.shiftKey) onExtend()
    else if (event.ctrlKey || event.metaKey) onToggle()
    else onOpen()
  }
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-current={isOpen ? "true" : undefined}
      className="key-row"
      style={{ transform: `translateY(${top}px)`, gridTemplateColumns: gridOf(columns) }}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key === "Enter") onOpen()
      }}
      tabIndex={-1}
    >
      <span role="gridcell" tabIndex={-1} className="key-check">
        <input
          type="checkbox"
          aria-label={`Select ${value.name}`}
          tabIndex={-1}
          checked={isSelected}
          onChange={() => undefined}
          onClick={(event) => {
            event.stopPropagation()
            if (event.shiftKey) onExtend()
            else onToggle()
          }}
        />
      </span>
      {columns.map(({ id, cell, isQuiet }) => (
        <span
          key={id}
          role="gridcell"
          tabIndex={-1}
          className={id === "name" ? "key-name" : isQuiet === true ? "is-quiet" : ""}
          title={id === "name" ? inert(value.name) : undefined}
        >
          {cell(value)}
        </span>
      ))}
    </div>
  )
}
