import type { Cost } from "./cost.ts"

/** One comparison: what we take, beside a peer or a bare limit that was measured in the same run. */
export interface Figure {
  readonly work: string
  readonly ours: number
  /** What `beside` is. */
  readonly than: string
  readonly beside: number
  readonly unit: "ms" | "MiB"
  /** The most that `ours` may be of `beside`; `null` where the figure only explains another. */
  readonly goal: number | null
  /** The same ratio of processor time, where both were measured. */
  readonly cpuRatio?: number
}

type Told = Pick<Figure, "work" | "than" | "goal">

export function figureOf(told: Told, { ours, beside }: { readonly ours: Cost; readonly beside: Cost }): Figure {
  const cpuRatio = ours.cpuMs / beside.cpuMs
  return { ...told, ours: ours.wallMs, beside: beside.wallMs, unit: "ms", cpuRatio }
}

export function ratioOf({ ours, beside }: Figure): number {
  return ours / beside
}

/** Equal work varies by a quarter on a machine that has other work to do: a goal is missed only past that. */
const tolerance = 1.25

export type Verdict = "yes" | "nearly" | "no" | "–"

export function verdictOf(figure: Figure): Verdict {
  if (figure.goal === null) return "–"
  const ratio = ratioOf(figure)
  if (ratio <= figure.goal) return "yes"
  return ratio <= figure.goal * tolerance ? "nearly" : "no"
}
