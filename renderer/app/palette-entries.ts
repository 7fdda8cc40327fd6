import type { KeyObject } from "../../preload/contract/key-object.ts"
import type { RotationObject } from "../../preload/contract/rotation.ts"
import { ask } from "../api/ask.ts"
import { algorithmWords } from "../api/key-words.ts"
import { type ScreenAct, screenActs } from "../api/screen-acts.ts"
import { allActionsOf, type KeyActionName } from "../features/key-actions/actions-of-key.ts"
import type { KeyringAct } from "../features/settings/keyring-act-dialog.tsx"
import type { IconName } from "../ui/icon.tsx"
import { inert } from "../ui/inert.ts"
import { type PlaceName, places } from "./places.ts"

/** What the palette can be asked to show. */
export type PaletteDialog =
  | "new-key"
  | "import"
  | "new-seed"
  | "new-keyring"
  | "change-passphrase"
  | "raise-event"
  | "about"

export interface PaletteActs {
  readonly onGo: (place: PlaceName) => void
  readonly onDialog: (dialog: PaletteDialog) => void
  /** Begins what has its button on a screen, there. */
  readonly onBegin: (act: ScreenAct) => void
  readonly onIncidents: () => void
  readonly onEvents: () => void
  readonly onOpenKey: (name: string) => void
  readonly onKeyAction: (value: KeyObject, action: KeyActionName) => void
  readonly onKeyringAct: (act: KeyringAct) => void
}

export interface Entry {
  readonly id: string
  readonly label: string
  readonly says: string
  readonly icon: IconName
  readonly run: () => void
}

/** The first words of entries about a key, in lower case. */
const verbs = [
  "rotate by steps",
  "test both versions",
  "switch to version",
  "retire version",
  "rewrap data keys",
  "pause rotation",
  "resume rotation",
  "roll back",
  "copy into token",
  "copy",
  "export",
  "suspend",
  "resume",
  "deactivate",
  "compromised",
  "move to keyring",
  "relate",
  "destroy",
]

/**
 * What is typed behind the beginning of an action's name, as `rot nightly`: the key that it is to be done to.
 * @returns `null` when nothing that is done to a key begins so
 */
export function keyAfterVerb(typed: string): string | null {
  const words = typed.toLowerCase().split(/\s+/)
  if ((words[0]?.length ?? 0) < 3) return null
  const begun = verbs.map((verb) => wordsOf(verb, words)).filter((length) => length > 0)
  return begun.length === 0 ? null : words.slice(Math.max(...begun)).join(" ")
}

/** How many words of an entry's first are typed, or begun. */
function wordsOf(verb: string, words: readonly string[]): number {
  const known = verb.split(" ")
  const differs = known.findIndex((word, index) => words[index] === undefined || !word.startsWith(words[index]))
  return differs === -1 ? known.length : differs
}

/** Whether an entry begins as what was typed: each word, after the other. */
export function isTyped({ label }: Pick<Entry, "label">, typed: string): boolean {
  const words = typed.trim().toLowerCase().split(/\s+/)
  const name = label.toLowerCase()
  let from = 0
  for (const word of words) {
    const at = name.indexOf(word, from)
    if (at === -1) return false
    from = at + word.length
  }
  return true
}

export function openingEntry({ id, name, algorithm }: KeyObject, { onOpenKey }: PaletteActs): Entry {
  return { id, label: inert(name), says: algorithmWords[algorithm], icon: "key", run: () => onOpenKey(name) }
}

/** What can be done to a key, and to its rotation by steps. */
export function keyEntries(
  value: KeyObject,
  rotation: RotationObject | null,
  { onKeyAction }: PaletteActs,
): readonly Entry[] {
  return allActionsOf(value, rotation).map(({ name, label, operation, icon }) => ({
    id: `${name} ${value.id}`,
    label: `${label}${label.includes(" ") ? ":" : ""} ${inert(value.name)}`,
    says: operation,
    icon,
    run: () => onKeyAction(value, name),
  }))
}

const isScreenAct = (name: string): name is ScreenAct => name in screenActs

export function generalEntries({ onGo, onDialog, onBegin, onIncidents, onEvents }: PaletteActs): readonly Entry[] {
  const dialog = (id: PaletteDialog, label: string, says: string, icon: IconName): Entry => ({
    id,
    label,
    says,
    icon,
    run: () => onDialog(id),
  })
  return [
    dialog("new-key", "New key", "key.generate", "plus"),
    dialog("import", "Import", "key.import", "import"),
    dialog("new-seed", "New seed", "seed.generate", "plus"),
    dialog("new-keyring", "New keyring", "keyring.create", "folder"),
    dialog("change-passphrase", "Change passphrase", "vault.passwd", "key"),
    dialog("raise-event", "Raise event", "event.raise", "warning"),
    ...Object.keys(screenActs)
      .filter(isScreenAct)
      .map((act) => {
        const { label, operation, icon } = screenActs[act]
        return { id: act, label, says: operation, icon, run: () => onBegin(act) }
      }),
    ...places.map(({ name, label, icon }) => ({
      id: `go ${name}`,
      label: `Go to ${label}`,
      says: "",
      icon,
      run: () => onGo(name),
    })),
    { id: "incidents", label: "Go to Incidents", says: "incident.list", icon: "warning", run: onIncidents },
    { id: "events", label: "Go to Events", says: "event.list", icon: "rotate", run: onEvents },
    { id: "lock", label: "Lock", says: "vault.lock", icon: "lock", run: () => void ask("vault.lock", {}) },
    dialog("about", "About Claviger", "", "key"),
  ]
}
