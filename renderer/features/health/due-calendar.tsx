import { ActionIcon, Button, Group, Title, VisuallyHidden } from "@mantine/core"
import { type KeyboardEvent, useEffect, useRef } from "react"
import { addDays, addMonths, type Day, dayOf, monthOf, weekdayOf, weeksOf } from "./calendar-days.ts"

interface DueCalendarProps {
  /** How many are due on each day that has any. */
  readonly counts: ReadonlyMap<Day, number>
  /** The day that the keyboard is on: its month shows. */
  readonly at: Day
  readonly picked: Day | null
  readonly onGo: (day: Day) => void
  /** The same day again takes it back. */
  readonly onPick: (day: Day) => void
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
const monthName = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" })

/** Where a key leads to from a day. */
const moves: Readonly<Record<string, (day: Day) => Day>> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  Home: (day) => addDays(day, -weekdayOf(day)),
  End: (day) => addDays(day, 6 - weekdayOf(day)),
  PageUp: (day) => addMonths(day, -1),
  PageDown: (day) => addMonths(day, 1),
}

/** A month of days with how much is due on each. Arrows walk through the days, Page Up and Page Down through the months. */
export function DueCalendar({ counts, at, picked, onGo, onPick }: DueCalendarProps) {
  const grid = useRef<HTMLTableElement>(null)
  const isWalking = useRef(false)
  useEffect(() => {
    if (!isWalking.current) return
    isWalking.current = false
    grid.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus()
  }, [at])
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    isWalking.current = true
    onGo(move(at))
  }
  const today = dayOf(Date.now())
  const month = monthOf(at)
  return (
    <section className="due-calendar" aria-label="Calendar">
      <Group justify="space-between" wrap="nowrap" mb={6}>
        <Title order={2} size="h6" aria-live="polite">
          {monthName.format(new Date(at))}
        </Title>
        <Group gap={4} wrap="nowrap">
          <Turn label="Month before" sign="‹" onClick={() => onGo(addMonths(at, -1))} />
          <Button size="compact-xs" variant="default" onClick={() => onGo(today)}>
            Today
          </Button>
          <Turn label="Month after" sign="›" onClick={() => onGo(addMonths(at, 1))} />
        </Group>
      </Group>
      <table ref={grid} aria-label={monthName.format(new Date(at))}>
        <thead>
          <tr>
            {weekdays.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <DayCell
                  key={day}
                  day={day}
                  count={counts.get(day) ?? 0}
                  today={today}
                  isOther={monthOf(day) !== month}
                  isAt={day === at}
                  isPicked={day === picked}
                  onKeyDown={onKeyDown}
                  onPick={() => {
                    onGo(day)
                    onPick(day)
                  }}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Turn({
  label,
  sign,
  onClick,
}: {
  readonly label: string
  readonly sign: string
  readonly onClick: () => void
}) {
  return (
    <ActionIcon size="sm" variant="default" aria-label={label} onClick={onClick}>
      <span aria-hidden>{sign}</span>
    </ActionIcon>
  )
}

interface DayCellProps {
  readonly day: Day
  readonly count: number
  readonly today: Day
  readonly isOther: boolean
  readonly isAt: boolean
  readonly isPicked: boolean
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onPick: () => void
}

function DayCell({ day, count, today, isOther, isAt, isPicked, onKeyDown, onPick }: DayCellProps) {
  const isLate = count > 0 && day < today
  const says = count === 0 ? "" : `${count} ${isLate ? "late" : "due"}`
  const classes = [isOther ? "is-other" : "", day === today ? "is-today" : "", isLate ? "is-late" : ""]
  return (
    <td className={classes.join(" ")}>
      <button
        type="button"
        className="due-day"
        data-day={day}
        tabIndex={isAt ? 0 : -1}
        aria-pressed={isPicked}
        onKeyDown={onKeyDown}
        onClick={onPick}
      >
        <span>{Number(day.slice(8))}</span>
        <VisuallyHidden>
          {monthName.format(new Date(day))}
          {day === today && ", today"},
        </VisuallyHidden>
        <span className="due-day-says">{says}</span>
      </button>
    </td>
  )
}
