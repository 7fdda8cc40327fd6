import { resolve } from "node:path"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { Ask } from "./ask.ts"
import type { BatchCommand } from "./batch-command.ts"
import type { Context, GivenCredential } from "./context.ts"
import type { GlobalOptions } from "./global-options.ts"
import { type PassphraseSource, readPassphraseFile } from "./secret-input.ts"
import { choosePassphrase, pinOf } from "./vault-passphrase.ts"

/** What one line of a batch may use. The vault is open already, and standard input and output belong to the batch. */
export class BatchContext implements Context {
  readonly ask: Ask
  readonly vaultPath: string
  readonly isJson = true
  readonly hasCredential = false
  readonly unlock: () => Promise<void>
  readonly #batch: Context
  readonly #isConfirmed: boolean
  readonly #passphraseFile: string | undefined
  /** Nobody is asked while a batch runs: its lines and options say everything. */
  readonly #chooser = { findPrompter: (): null => null, note: (text: string): void => this.note(text) }

  /** @throws `INVALID_INPUT` when the line names another vault for a command that works on the open one */
  constructor(
    batch: Context,
    unlock: () => Promise<void>,
    options: GlobalOptions,
    { command, options: line }: BatchCommand,
  ) {
    this.ask = batch.ask
    this.unlock = unlock
    this.#batch = batch
    this.#isConfirmed = line.yes ?? options.yes
    this.#passphraseFile = line.passphraseFile ?? options.passphraseFile
    this.vaultPath = line.vault === undefined ? batch.vaultPath : resolve(line.vault)
    if (command.vault === "opened" && this.vaultPath !== batch.vaultPath) {
      throw new VaultError("INVALID_INPUT", "vault: this command works on the vault that the batch has open")
    }
  }

  get acceptRollback(): boolean {
    return this.#batch.acceptRollback
  }

  async passphrase(): Promise<Secret> {
    if (this.#passphraseFile !== undefined) return await readPassphraseFile(this.#passphraseFile, "passphraseFile")
    throw new VaultError("USAGE", "passphraseFile: this command asks for the passphrase again")
  }

  async withCredential<Result>(act: (given: GivenCredential) => Promise<Result>): Promise<Result> {
    if (this.#passphraseFile === undefined) return await this.#batch.withCredential(act)
    using passphrase = await this.passphrase()
    return await act({ passphrase: passphrase.bytes })
  }

  passphraseAgain(): Promise<Secret> {
    return this.passphrase()
  }

  passphraseOfFile(): Promise<null> {
    return Promise.resolve(null)
  }

  firstPassphrase(): Promise<Secret> {
    return choosePassphrase({ file: this.#passphraseFile }, "passphrase", this.#chooser)
  }

  newPassphrase(source: PassphraseSource, field: string): Promise<Secret> {
    return choosePassphrase(source, field, this.#chooser)
  }

  pin(source: PassphraseSource, field: string): Promise<Secret | null> {
    return pinOf(source, field, this.#chooser.findPrompter, { isAsked: false })
  }

  confirm(): Promise<boolean> {
    return Promise.resolve(this.#isConfirmed)
  }

  async readInput(path: string, limit: number, field = "in"): Promise<Secret> {
    if (path === "-") throw new VaultError("INVALID_INPUT", `${field}: standard input belongs to the batch`)
    return await this.#batch.readInput(path, limit, field)
  }

  writeBytes(): Promise<void> {
    throw new VaultError("INVALID_INPUT", "out: standard output belongs to the batch")
  }

  warnOfSecret(): void {
    // Whoever reads a batch's answers is a program.
  }

  proveOutput(): Promise<void> {
    // The batch's other answers go the same way.
    return Promise.resolve()
  }

  note(text: string): void {
    this.#batch.note(text)
  }
}
