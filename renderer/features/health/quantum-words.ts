import type { QuantumExposure, QuantumOutlook } from "../../../preload/contract/report.ts"
import { count } from "../key-actions/counted.ts"

interface Exposure {
  readonly says: string
  readonly shape: string
  readonly className: string
  readonly meaning: string
}

/** What a quantum computer does to what keys protect, the most urgent first. */
export const exposures: Readonly<Record<QuantumExposure, Exposure>> = {
  "recorded-now-read-later": {
    says: "recorded now, read later",
    shape: "▲",
    className: "is-danger",
    meaning:
      "Whoever records today what these keys protect can read it once such a computer is there. What must stay secret for longer than ten years moves first.",
  },
  "forged-later": {
    says: "forged later",
    shape: "◐",
    className: "is-due",
    meaning: "Once such a computer is there, signatures of these keys can be forged. They have to be replaced before.",
  },
  none: {
    says: "not exposed",
    shape: "●",
    className: "is-quiet",
    meaning: "No quantum computer is known to break these.",
  },
}

/** How many of the exposed keys have each outlook; nothing of those of which there is none. */
export function outlookWords(keys: Readonly<Record<QuantumOutlook, number>>): string {
  const { "too-long": tooLong, "in-time": inTime, unsaid } = keys
  return [
    ...(tooLong > 0
      ? [`${count(tooLong, "key")} must protect for longer than until quantum computers are expected.`]
      : []),
    ...(inTime > 0 ? [`${count(inTime, "key")} ${inTime === 1 ? "is" : "are"} done with protecting before that.`] : []),
    ...(unsaid > 0 ? [`Of ${count(unsaid, "key")} nobody has said how long.`] : []),
  ].join(" ")
}
