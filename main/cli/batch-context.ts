import { resolve } from "node:path"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { BatchCommand } from "./batch-command.ts"
import type { Context } from "./context.ts"
import type { GlobalOptions } from "./global-options.ts"
import { readPassphraseFile } from "./secret-input.ts"
import { choosePassphrase } from "./vault-passphrase.ts"

/** Nobody is asked while a batch runs: its lines and options say everything. */
const nobody = (): null => null

/** What one line of a batch may use. The vault is open already, and standard input and output belong to the batch. */
export function batchContext(
  batch: Context,
  options: GlobalOptions,
  { command, options: line }: BatchCommand,
): Context {
  const file = line.passphraseFile ?? options.passphraseFile
  const vaultPath = line.vault === undefined ? batch.vaultPath : resolve(line.vault)
  if (command.vault === "opened" && vaultPath !== batch.vaultPath) {
    throw new VaultError("INVALID_INPUT", "vault: this command works on the vault that the batch has open")
  }
  return {
    ...batch,
    vaultPath,
    isJson: true,
    hasPassphraseSource: false,
    passphrase: () => again(file),
    firstPassphrase: () => choosePassphrase({ file }, "passphrase", nobody),
    newPassphrase: (source, field) => choosePassphrase(source, field, nobody),
    confirm: () => Promise.resolve(options.yes || line.yes),
    readInput(path, limit) {
      if (path === "-") throw new VaultError("INVALID_INPUT", "in: standard input belongs to the batch")
      return batch.readInput(path, limit)
    },
    writeBytes: () => Promise.reject(new VaultError("INVALID_INPUT", "out: standard output belongs to the batch")),
    warnOfSecret: () => undefined,
  }
}

async function again(file: string | undefined): Promise<Secret> {
  if (file === undefined) throw new VaultError("USAGE", "passphraseFile: this command asks for the passphrase again")
  return await readPassphraseFile(file, "passphraseFile")
}
