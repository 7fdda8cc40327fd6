import { Text, VisuallyHidden } from "@mantine/core"
import { count } from "../key-actions/counted.ts"

export interface Bar {
  readonly id: string
  readonly label: string
  /** Below the label. */
  readonly says?: string
  readonly value: number
  readonly onOpen: () => void
}

interface BarsProps {
  readonly label: string
  readonly bars: readonly Bar[]
}

const figures = new Intl.NumberFormat("en")

/** A chart of bars with their figures in words; each leads to what it counts. */
export function Bars({ label, bars }: BarsProps) {
  const longest = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <ul className="plain-list bars" aria-label={label}>
      {bars.map(({ id, label: name, says, value, onOpen }) => (
        <li key={id}>
          <button type="button" className="bar" disabled={value === 0} onClick={onOpen}>
            <span className="bar-label">
              <span aria-hidden>{name}</span>
              <VisuallyHidden>
                {name}: {count(value, "key")}
              </VisuallyHidden>
              {says !== undefined && (
                <Text size="xs" c="dimmed" component="span" display="block">
                  {says}
                </Text>
              )}
            </span>
            <span className="bar-track" aria-hidden>
              <span className="bar-fill" style={{ width: `${(value / longest) * 100}%` }} />
            </span>
            <span className="bar-value" aria-hidden>
              {figures.format(value)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
