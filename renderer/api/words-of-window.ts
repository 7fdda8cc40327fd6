import { caseOf, type Failure, failures } from "../../preload/contract/failure.ts"
import { systemErrorIn } from "./system-errors.ts"

/** What to do about a failure where the table says it in the words of the command line: the window has other ways. */
const hints: Partial<Record<Failure["code"], string>> = {
  INTERNAL: "This is a bug. Its reference is in the app's log, bugs.log.",
  USAGE: "Fill in what is missing.",
  NOT_FOUND: "It may have been renamed, moved or removed in the meantime.",
  STATE_DENIED: "The Versions tab shows the state of each version.",
  CONFIRMATION_REQUIRED: "Confirm it, then try again.",
  ROLLBACK_DETECTED: "If you put an older copy back on purpose, open it as it is; that is logged.",
}

const messages: Partial<Record<Failure["code"], string>> = { USAGE: "Something is missing." }

/** What names options and commands in details and warnings, and what the window says instead. */
const details: readonly (readonly [named: RegExp, words: string])[] = [
  [/: token (change|init)-pin\)$/, ")"],
  // What a token's library says: its meaning first, the code for who looks it up.
  [/^(?:C_\w+: )?(CKR_\w+) \((.*)\)$/, "$2 ($1)"],
  [/^C_\w+: (CKR_\w+)$/, "its library gives no more than a code ($1)"],
  [/; --force replaces it$/, ""],
  [/ is a seed: seed rotate$/, " is a seed: it is rotated on its card under Seeds"],
  // What to do about it: the key's own panel has the button.
  [
    /: (?:key (?:set|rotate|suspend|generate|cancel-destroy|destroy|forget-datakey)|seed rotate|rotation (?:rewrap|advance)|vault backup) .*$/,
    ".",
  ],
  [/ \(key generate --token [^)]*\)/, ""],
  [/: --in-passphrase-file is needed$/, ": type its passphrase"],
  [/; raw and hex need --algorithm$/, "; raw and hexadecimal bytes don't say what key they are"],
  [/: --algorithm is needed$/, ": choose the algorithm"],
  [/; use \S+, or let it leave for a recipient \(--to\)$/, "; choose another format, or a recipient"],
  [/: file encrypt --key .*$/, ": choose a file"],
  [/ until `claviger vault compact` succeeds$/, " until the vault is compacted"],
  [/, or `--kind slip39`,/, ", or a seed of SLIP-39's own,"],
  [/`seed combine`, or its words,/, "combining its shares, or its words,"],
  [/ leaves by `claviger seed export`, never otherwise$/, " leaves under Seeds, never otherwise"],
]

/** What happened. What the system said is told in its meaning; of that the code is for who looks it up. */
export function messageOf(failure: Failure): string {
  const { code, detail } = failure
  const told = systemErrorIn(detail)?.words ?? caseOf(failure)
  return told?.message ?? messages[code] ?? failures[code].message
}

export function hintOf(failure: Failure): string {
  const { code, detail } = failure
  const told = systemErrorIn(detail)?.words ?? caseOf(failure)
  return told?.hint ?? hints[code] ?? failures[code].hint
}

/** Which field, rule, file or key it was about. */
export function detailOf(failure: Failure): string | null {
  const { reference } = failure
  const { detail } = caseOf(failure) ?? failure
  if (detail === undefined) return reference ?? null
  const system = systemErrorIn(detail)
  if (system !== null) return system.path === null ? `(${system.code})` : `${system.path} (${system.code})`
  return inWindow(detail)
}

/** A text of main's, as the window says it. */
export function inWindow(text: string): string {
  return details.reduce((told, [named, words]) => told.replace(named, words), text)
}
