import type { ReactNode } from "react"
import type { KeyOrder } from "../../../preload/contract/key.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { algorithmWords, purposeWords } from "../../api/key-words.ts"
import { inert } from "../../ui/inert.ts"
import { asDate, fromNow, isPast } from "../../ui/time.ts"
import { countdownTo } from "./countdown.ts"
import { StateBadge } from "./state-badge.tsx"

export interface KeyColumn {
  /** As it is remembered when it is hidden. */
  readonly id: string
  readonly heading: string
  /** What it is sorted by; `null` where it is not. */
  readonly order: KeyOrder | null
  /** Pixels that it needs, and its share of what is left. */
  readonly least: number
  readonly share: number
  readonly cell: (key: KeyObject) => ReactNode
  readonly isQuiet?: boolean
}

/** The name comes first and always stays. */
export const nameColumn: KeyColumn = {
  id: "name",
  heading: "Name",
  order: "name",
  least: 140,
  share: 2.2,
  cell: ({ name }) => inert(name),
}

/** The others, in the order in which they stand. */
export const otherColumns: readonly KeyColumn[] = [
  {
    id: "algorithm",
    heading: "Algorithm",
    order: "algorithm",
    least: 110,
    share: 1.2,
    cell: ({ algorithm }) => algorithmWords[algorithm],
  },
  {
    id: "purpose",
    heading: "Purpose",
    order: "purpose",
    least: 110,
    share: 1.1,
    cell: ({ purpose }) => purposeWords[purpose],
  },
  {
    id: "state",
    heading: "State",
    order: "state",
    least: 124,
    share: 0.6,
    cell: ({ state }) => <StateBadge state={state} />,
  },
  {
    id: "next-rotation",
    heading: "Next rotation",
    order: "next-rotation",
    least: 118,
    share: 0.9,
    cell: (key) => <NextRotation value={key} />,
  },
  {
    id: "keyring",
    heading: "Keyring",
    order: "keyring",
    least: 96,
    share: 0.9,
    cell: ({ keyring }) => inert(keyring),
    isQuiet: true,
  },
  {
    id: "age",
    heading: "Age",
    order: "created",
    least: 92,
    share: 0.7,
    cell: ({ createdAt }) => <span title={asDate(createdAt)}>{ageOf(createdAt)}</span>,
    isQuiet: true,
  },
  {
    id: "location",
    heading: "Location",
    order: null,
    least: 84,
    share: 0.6,
    cell: ({ location }) => location,
    isQuiet: true,
  },
  {
    id: "findings",
    heading: "Findings",
    order: null,
    least: 120,
    share: 0.9,
    cell: ({ findings }) => <Findings rules={findings.map(({ rule }) => rule)} />,
  },
]

/** Those that go first where there is little room. */
const dispensable = ["location", "findings", "age", "keyring", "purpose", "algorithm", "next-rotation", "state"]

const gap = 12
const edges = 24 + 28 + gap

/** The columns that are wanted and fit into so many pixels. */
export function columnsFor(hidden: readonly string[], width: number): readonly KeyColumn[] {
  const shown = [nameColumn, ...otherColumns.filter(({ id }) => !hidden.includes(id))]
  const leaving = dispensable.filter((id) => shown.some((column) => column.id === id))
  let fitting = shown
  while (widthOf(fitting) > width && leaving.length > 0) {
    const next = leaving.shift()
    fitting = fitting.filter(({ id }) => id !== next)
  }
  return fitting
}

function widthOf(columns: readonly KeyColumn[]): number {
  return columns.reduce((sum, { least }) => sum + least + gap, edges)
}

/** The widths as CSS grids take them, the box for selecting first. */
export function gridOf(columns: readonly KeyColumn[]): string {
  return ["28px", ...columns.map(({ least, share }) => `minmax(${least}px, ${share}fr)`)].join(" ")
}

/** What is to be destroyed rotates no more: the days until then count. */
function NextRotation({ value: { nextRotationAt, state, destroysAt } }: { readonly value: KeyObject }) {
  if (state === "pending-destruction" && destroysAt !== undefined)
    return <span className="is-due">{countdownTo(destroysAt)}</span>
  if (nextRotationAt === null) return <span className="is-quiet">–</span>
  const isDue = state === "active" && isPast(nextRotationAt)
  return <span className={isDue ? "is-due" : "is-quiet"}>{isDue ? "due now" : fromNow(nextRotationAt)}</span>
}

const ruleWords: Readonly<Record<string, string>> = { "rotation-due": "rotation due" }

function Findings({ rules }: { readonly rules: readonly string[] }) {
  const [first, ...others] = rules
  if (first === undefined) return <span className="is-quiet">–</span>
  return (
    <span className="is-due">
      <span aria-hidden>▲ </span>
      {ruleWords[first] ?? first}
      {others.length > 0 && ` and ${others.length} more`}
    </span>
  )
}

/** For example "3 months". */
function ageOf(createdAt: string): string {
  return fromNow(createdAt).replace(/ ago$/, "").replace("yesterday", "1 day")
}
