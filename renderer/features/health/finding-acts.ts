import type { KeyActName } from "./key-act-dialog.tsx"

interface FindingWords {
  readonly says: string
  /** What can be done about it at once, where anything can. */
  readonly act: { readonly name: KeyActName; readonly label: string } | null
}

const move = { name: "move", label: "Move to keyring…" } as const
const rules = { name: "rules", label: "Change the rules…" } as const

/** The rules of policies, as `docs/policies.md` names them. */
const known: Readonly<Record<string, FindingWords>> = {
  "allowed-algorithm": { says: "Algorithm", act: move },
  "allowed-purpose": { says: "Purpose", act: move },
  cryptoperiod: { says: "Rotation", act: rules },
  "exportable-at-most": { says: "Export", act: rules },
  "token-only": { says: "Location", act: move },
  "owner-required": { says: "Owner", act: { name: "edit", label: "Set owner…" } },
  "environment-required": { says: "Environment", act: { name: "edit", label: "Set environment…" } },
  "wanted-while-waiting": { says: "Destruction", act: { name: "keep", label: "Keep it…" } },
  "use-limit": { says: "Use", act: { name: "rotate", label: "Rotate…" } },
}

/** What a finding is about, in a word, and what to do about it with one click. */
export function wordsOf(rule: string): FindingWords {
  return known[rule] ?? { says: rule, act: null }
}
