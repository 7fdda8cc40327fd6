/** 0 is "done"; what the others mean is in cli.md and in `claviger help`. */
export type ExitStatus = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** What one failure code means everywhere: its exit status on the command line, its wording, what to do about it. */
export interface FailureEntry {
  readonly exitStatus: Exclude<ExitStatus, 0>
  readonly message: string
  readonly hint: string
}

/** Every way an operation can fail: one code, one exit status and one wording, for window, terminal and batch. */
export const failures = {
  INTERNAL: {
    exitStatus: 1,
    message: "Something went wrong inside Claviger.",
    hint: "This is a bug. Run again with --debug and report what it prints.",
  },
  USAGE: {
    exitStatus: 2,
    message: "The command is not complete.",
    hint: "`claviger help` explains every command with an example.",
  },
  INVALID_INPUT: {
    exitStatus: 2,
    message: "The input can't be used.",
    hint: "Correct the part that is named and try again.",
  },
  WRONG_PASSPHRASE: {
    exitStatus: 3,
    message: "That passphrase is wrong.",
    hint: "Check Caps Lock, the keyboard layout, and which vault or file it is for.",
  },
  WRONG_SHARES: {
    exitStatus: 3,
    message: "Those recovery shares are not the right ones.",
    hint: "Use as many different shares of one set as its threshold asks for; of a vault's sets, the newest.",
  },
  VAULT_LOCKED: { exitStatus: 3, message: "The vault is locked.", hint: "Unlock it first." },
  NOT_FOUND: {
    exitStatus: 4,
    message: "That is not here.",
    hint: "Check the name, and which vault is meant: --vault, else $CLAVIGER_VAULT.",
  },
  ALREADY_EXISTS: {
    exitStatus: 4,
    message: "Something of that name is already there.",
    hint: "Choose another name, or remove what is there first.",
  },
  POLICY_DENIED: {
    exitStatus: 5,
    message: "A rule does not allow this.",
    hint: "The rule is named above; change what was asked, or the key's settings.",
  },
  STATE_DENIED: {
    exitStatus: 5,
    message: "The key's state does not allow this.",
    hint: "`claviger key show NAME` tells the state of each version.",
  },
  APPROVAL_REQUIRED: { exitStatus: 5, message: "This needs approval first.", hint: "Ask an officer to approve it." },
  CONFIRMATION_REQUIRED: {
    exitStatus: 5,
    message: "This must be confirmed.",
    hint: "Confirm it on the terminal, or pass --yes.",
  },
  TOKEN_ABSENT: { exitStatus: 6, message: "The token is not there.", hint: "Insert the token and try again." },
  TOKEN_ERROR: {
    exitStatus: 6,
    message: "The token reported an error.",
    hint: "Its list of mechanisms tells what it can do. If it does not answer, insert it again or try another port.",
  },
  PIN_INCORRECT: { exitStatus: 6, message: "The PIN is not correct.", hint: "Every wrong try counts." },
  PIN_LOCKED: { exitStatus: 6, message: "The PIN is locked.", hint: "Unblock it with the PUK or the SO PIN." },
  INTEGRITY_FAILED: {
    exitStatus: 7,
    message: "What was read does not match its proof: it was changed, or it is damaged.",
    hint: "A file you gave: get it again. The vault itself: keep it as it is and restore a backup to another folder.",
  },
  VAULT_CORRUPT: {
    exitStatus: 7,
    message: "The vault's files are damaged.",
    hint: "Keep the files as they are and restore a backup to another folder.",
  },
  ROLLBACK_DETECTED: {
    exitStatus: 7,
    message: "This vault is older than, or differs from, the one last opened here.",
    hint: "If you put an older copy back on purpose, open it once with --accept-rollback; that is logged.",
  },
  UNSUPPORTED_VERSION: {
    exitStatus: 7,
    message: "A newer Claviger wrote this.",
    hint: "Update Claviger.",
  },
  VAULT_BUSY: {
    exitStatus: 8,
    message: "Another program has this vault open.",
    hint: "Close it there, then try again.",
  },
  CANCELLED: {
    exitStatus: 8,
    message: "It was cancelled.",
    hint: "Nothing was lost and nothing is left half done: start it again when you like.",
  },
  DISK_FULL: {
    exitStatus: 8,
    message: "The disk is full.",
    hint: "Free some space first.",
  },
  IO_ERROR: {
    exitStatus: 8,
    message: "The machine refused to read or write a file.",
    hint: "Check that the file or folder exists, who may write to it, and the disk.",
  },
} as const satisfies Record<string, FailureEntry>

/** The codes of `failures`, in the words of the command line. */
export type FailureCode = keyof typeof failures

/** The detail of `PIN_INCORRECT` where none was given: nothing was tried, and a person can be asked. */
export const pinIsNeeded = "a PIN is needed"

const ofKeyring = `${pinIsNeeded}: keyring `

/** The same, where it is that of a token which holds a keyring. */
export function pinIsNeededFor(keyring: string): string {
  return `${ofKeyring}${keyring}`
}

/** Which keyring that is; `null` when it is not about one. */
export function keyringInNeed(detail: string | undefined): string | null {
  return detail?.startsWith(ofKeyring) === true ? detail.slice(ofKeyring.length) : null
}

/** The detail of `NOT_FOUND` where a token is there, and the key in it that opened a keyslot is not. */
export const slotKeyIsGone = "the token does not have the key any more"

/** The detail of `NOT_FOUND` where an event has nothing to do with any key. */
export const touchesNoKey = "a working key that this touches"

/** What is said where a PIN could be that of several tokens. */
export const ofWhichToken = "pin: of which token"

/** Why an operation did not happen, as it leaves main: a code of the table, and what a person may know of the place. */
export interface Failure {
  readonly code: FailureCode
  /** Names a field, a rule, a file or a key; never a secret, never a received value. */
  readonly detail?: string
  /** Of a bug: where our own log tells more. */
  readonly reference?: string
}

/** What is told of a failure where its detail makes another case of it than its code alone. */
interface FailureCase {
  readonly message: string
  readonly hint: string
  /** What is left of the detail. */
  readonly detail: string | undefined
}

const cases = [
  {
    code: "PIN_INCORRECT",
    begins: pinIsNeeded,
    message: "A PIN is needed.",
    hint: "None was tried: give that of the token.",
  },
  {
    code: "NOT_FOUND",
    begins: slotKeyIsGone,
    message: "The token does not have the key any more that opens this vault.",
    hint: "It was deleted there, or the token was set up anew. Open the vault in another way, and remove that keyslot.",
  },
  {
    code: "NOT_FOUND",
    begins: touchesNoKey,
    message: "It touches no key that works.",
    hint: "See how it is spelled on the keys. Those that protect nothing new any more are not counted.",
  },
] as const

/** `null`: what the table says fits. */
export function caseOf({ code, detail = "" }: Failure): FailureCase | null {
  const found = cases.find((each) => each.code === code && detail.startsWith(each.begins))
  if (found === undefined) return null
  const rest = detail.slice(found.begins.length).replace(/^: /, "")
  return { message: found.message, hint: found.hint, detail: rest === "" ? undefined : rest }
}

/** What every operation answers. */
export type Reply<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly error: Failure }
