import type { Secret } from "../domain/secret.ts"
import type { Ask } from "./ask.ts"
import type { PassphraseSource } from "./secret-input.ts"

type GivenBytes = Uint8Array<ArrayBuffer>

/** What opens a vault, as operations take it. */
export type GivenCredential =
  | { readonly passphrase: GivenBytes }
  | { readonly token: { readonly uri: string; readonly pin?: GivenBytes; readonly passphrase?: GivenBytes } }

/** What a command may use: the one way to ask, and the terminal or the batch around it. */
export interface Context {
  readonly ask: Ask
  /** The folder of the vault that is meant. */
  readonly vaultPath: string
  readonly acceptRollback: boolean
  /** One JSON document goes to standard output, and nothing else. */
  readonly isJson: boolean
  /** Whether somebody said what opens the vault: where its passphrase comes from, or which token. */
  readonly hasCredential: boolean
  /** Opens the vault, unless it is open. */
  unlock(): Promise<void>
  /**
   * Asks for something with what opens the vault, or a backup of it: its passphrase, or a token.
   * @param act - may be called twice, as by `withPin`; what it is given is wiped
   */
  withCredential<Result>(act: (given: GivenCredential) => Promise<Result>): Promise<Result>
  /** A copy of the vault's passphrase, for operations that need it besides the open vault. The caller wipes it. */
  passphrase(): Promise<Secret>
  /** The vault's passphrase, which a person types once more. The caller wipes it. */
  passphraseAgain(): Promise<Secret>
  /** The passphrase of a file, which a person types; `null` when nobody can be asked. The caller wipes it. */
  passphraseOfFile(): Promise<Secret | null>
  /** The first passphrase of a vault that is being made. The caller wipes it. */
  firstPassphrase(): Promise<Secret>
  /** A passphrase that is being chosen: a person types it twice. The caller wipes it. */
  newPassphrase(source: PassphraseSource, field: string): Promise<Secret>
  /**
   * The PIN of a token, which the caller wipes; `null` when there is none.
   * @param isAsked - whether a person is asked where no source is given
   */
  pin(source: PassphraseSource, field: string, how: { readonly isAsked: boolean }): Promise<Secret | null>
  /**
   * Whether a person wants what can't be undone; false when nobody said so and nobody can be asked.
   * @param word - what they type to say so
   * @throws `CONFIRMATION_REQUIRED` when they type anything else
   */
  confirm(question: string, word: string): Promise<boolean>
  /**
   * A file, or standard input for `-`. The caller wipes it.
   * @param field - what named it: `in`, unless something else is said
   */
  readInput(path: string, limit: number, field?: string): Promise<Secret>
  writeBytes(bytes: Uint8Array): Promise<void>
  /**
   * Before a secret goes to standard output: warns a person who would see it there.
   * @param advice - which option keeps it out of sight
   */
  warnOfSecret(advice: string): void
  /**
   * Before something is made that can be shown only once: makes sure that standard output takes it, by an empty line,
   * or by white space before a JSON document.
   * @throws `DISK_FULL`, `IO_ERROR`
   */
  proveOutput(): Promise<void>
  /** Tells a person something beside the result. */
  note(text: string): void
}
