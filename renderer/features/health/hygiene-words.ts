import type { HygieneFinding } from "../../../preload/contract/report.ts"
import type { KeyActName } from "./key-act-dialog.tsx"

interface HygieneWords {
  readonly says: string
  readonly meaning: string
  readonly shape: string
  readonly className: string
  /** What mends it at once; `backup` is about the vault and not about one key. */
  readonly act: { readonly name: KeyActName | "backup"; readonly label: string } | null
}

const urgent = { shape: "✕", className: "is-danger" } as const
const warning = { shape: "▲", className: "is-due" } as const
const quiet = { shape: "○", className: "is-quiet" } as const

const rotate = { name: "rotate", label: "Rotate…" } as const
const suspend = { name: "suspend", label: "Suspend…" } as const

/** What is asked of the inventory, the most urgent first. */
export const hygiene: Readonly<Record<HygieneFinding, HygieneWords>> = {
  weak: { says: "Weak", meaning: "A known fault gives the private key away.", ...urgent, act: rotate },
  "same-material": {
    says: "Same material",
    meaning: "Several keys are the same bytes, or have the same public key.",
    ...urgent,
    act: rotate,
  },
  "across-environments": {
    says: "In several environments",
    meaning: "The same material is used in more than one environment.",
    ...urgent,
    act: rotate,
  },
  "too-broad": {
    says: "Too broad",
    meaning: "The same material has more than one job. A single key can't: its purpose limits it.",
    ...urgent,
    act: rotate,
  },
  due: { says: "Due", meaning: "They were to rotate, or to end, by now.", ...warning, act: rotate },
  "never-backed-up": {
    says: "Never backed up",
    meaning: "No backup holds what they are now.",
    ...warning,
    act: { name: "backup", label: "Back up…" },
  },
  deprecated: {
    says: "Deprecated",
    meaning: "NIST allows nothing with so little security after 2030.",
    ...warning,
    act: { name: "deactivate", label: "Deactivate…" },
  },
  "never-rotated": { says: "Never rotated", meaning: "They are the same for over two years.", ...warning, act: rotate },
  orphaned: {
    says: "Orphaned",
    meaning: "Nobody answers for them, and nobody used them for 90 days.",
    ...warning,
    act: { name: "edit", label: "Set owner…" },
  },
  unused: { says: "Unused", meaning: "Nobody used them for 90 days.", ...quiet, act: suspend },
  "never-used": { says: "Never used", meaning: "Nobody used them since they were made.", ...quiet, act: suspend },
}

const isFinding = (name: string): name is HygieneFinding => name in hygiene
export const hygieneFindings: readonly HygieneFinding[] = Object.keys(hygiene).filter(isFinding)
