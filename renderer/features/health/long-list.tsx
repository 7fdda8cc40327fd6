import { useVirtualizer } from "@tanstack/react-virtual"
import { type ReactNode, useRef } from "react"
import { Scrolls } from "../../ui/scrolls.tsx"

interface LongListProps<Item> {
  readonly label: string
  readonly items: readonly Item[]
  /** In pixels, before a row is drawn. */
  readonly rowHeight: number
  readonly keyOf: (item: Item) => string
  readonly children: (item: Item) => ReactNode
}

/** A list that draws only the rows in view, each as high as it needs to be. */
export function LongList<Item>({ label, items, rowHeight, keyOf, children }: LongListProps<Item>) {
  const scroller = useRef<HTMLElement>(null)
  const drawn = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : keyOf(item)
    },
    overscan: 8,
  })
  return (
    <Scrolls label={label} className="long-list" scroller={scroller}>
      <ul className="plain-list long-list-space" style={{ height: drawn.getTotalSize() }}>
        {drawn.getVirtualItems().map(({ index, start, key }) => {
          const item = items[index]
          return item === undefined ? null : (
            <li
              key={key}
              ref={drawn.measureElement}
              data-index={index}
              className="long-list-row"
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={items.length}
              aria-posinset={index + 1}
            >
              {children(item)}
            </li>
          )
        })}
      </ul>
    </Scrolls>
  )
}
