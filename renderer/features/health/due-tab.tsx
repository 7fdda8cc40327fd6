import { Button, Group, Text } from "@mantine/core"
import { useState } from "react"
import type { DueEvent, DueItem } from "../../../preload/contract/report.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { asDate, fromNow } from "../../ui/time.ts"
import { useRotation } from "../rotation/use-rotation.ts"
import { type Day, dayOf, daysBetween, endOf, monthOf } from "./calendar-days.ts"
import { DueCalendar } from "./due-calendar.tsx"
import { eventOf, nameOf, standingOf } from "./due-words.ts"
import type { HealthActs } from "./health-acts.ts"
import type { KeyActName } from "./key-act-dialog.tsx"
import { LongList } from "./long-list.tsx"
import { Standing } from "./standing.tsx"

/** More are not drawn on the calendar; the counts are of all. */
const most = 5000

/** What is to be renewed, ends by itself or is destroyed: on a calendar, and as a list of all of it, or of one day. */
export function DueTab({ acts }: { readonly acts: HealthActs }) {
  const today = dayOf(Date.now())
  const [at, setAt] = useState<Day>(today)
  const [picked, setPicked] = useState<Day | null>(null)
  // By whole years, so that turning a page rarely asks anew.
  const years = Math.max(1, Math.ceil(daysBetween(today, endOf(monthOf(at))) / 365))
  const { data, error } = useAnswer("report.due", { within: `${years}y`, limit: most })
  const due = data?.due ?? []
  const shown = picked === null ? due : due.filter((item) => dayOf(item.at) === picked)
  const all = data === undefined ? 0 : data.counts.overdue + data.counts.due + data.counts.soon
  return (
    <div className="due" aria-busy={data === undefined && error === null}>
      <DueCalendar
        counts={countsOf(due)}
        at={at}
        picked={picked}
        onGo={setAt}
        onPick={(day) => setPicked(day === picked ? null : day)}
      />
      <div className="due-beside">
        <FailureNotice failure={error} />
        <Group justify="space-between" wrap="nowrap" gap="xs" mih={26}>
          <Text size="sm" fw={600} role="status">
            {data === undefined ? "" : headingOf(shown.length, picked, years)}
          </Text>
          {picked !== null && (
            <Button size="compact-xs" variant="subtle" onClick={() => setPicked(null)}>
              All days
            </Button>
          )}
        </Group>
        {all > due.length && (
          <Text size="xs" c="dimmed">
            The first {due.length} of {all}, the longest due first.
          </Text>
        )}
        <LongList label="What is due" items={shown} rowHeight={58} keyOf={keyOf}>
          {(item) => <DueLine item={item} acts={acts} />}
        </LongList>
      </div>
    </div>
  )
}

function headingOf(count: number, picked: Day | null, years: number): string {
  const when = picked === null ? `within ${years === 1 ? "a year" : `${years} years`}` : `on ${asDate(picked)}`
  return count === 0 ? `Nothing is due ${when}` : `${count} ${when}`
}

function countsOf(due: readonly DueItem[]): ReadonlyMap<Day, number> {
  const counts = new Map<Day, number>()
  for (const { at } of due) counts.set(dayOf(at), (counts.get(dayOf(at)) ?? 0) + 1)
  return counts
}

function keyOf({ what, name, event }: DueItem): string {
  return `${what} ${name} ${event}`
}

interface DueLineProps {
  readonly item: DueItem
  readonly acts: HealthActs
}

function DueLine({ item, acts }: DueLineProps) {
  const { what, name, at, owner, event } = item
  const words = nameOf(item)
  // Asked for the lines in view only.
  const goesOn = useRotation(name).rotation !== null && what === "key" && event === "rotation"
  return (
    <div className="health-line">
      <Standing {...standingOf(item)} />
      <div className="grows">
        {what === "key" ? (
          <button type="button" className="health-name" onClick={() => acts.openKey(name)}>
            {words}
          </button>
        ) : (
          <Text size="sm" fw={500} className="breaks">
            {words}
          </Text>
        )}
        <Text size="xs" c="dimmed" className="breaks">
          {eventOf(item)} {asDate(at)} ({fromNow(at)}){owner === null ? "" : `, ${owner}`}
          {goesOn ? ", rotates by steps" : ""}
        </Text>
      </div>
      <DueAct item={item} label={goesOn ? "Rotation…" : undefined} acts={acts} />
    </div>
  )
}

interface DueActProps extends Pick<DueLineProps, "item" | "acts"> {
  /** Where it is another one than usual. */
  readonly label: string | undefined
}

const usualActs = {
  rotation: { says: "Rotate…", act: "rotate" },
  expiry: { says: "Change the rules…", act: "rules" },
  destruction: { says: "Keep it…", act: "keep" },
} as const satisfies Readonly<Record<DueEvent, { readonly says: string; readonly act: KeyActName }>>

/** What can be done about it at once, where anything can. */
function DueAct({ item, label, acts }: DueActProps) {
  const { what, name, event } = item
  const words = nameOf(item)
  if (what === "master-key") return null
  const usual = usualActs[event]
  const says = label ?? usual.says
  const act = () => {
    if (what === "keyring") acts.rotateKeyring(name)
    else acts.begin({ name, act: usual.act })
  }
  return (
    <Button size="compact-sm" variant="default" aria-label={`${says} ${words}`} onClick={act}>
      {says}
    </Button>
  )
}
