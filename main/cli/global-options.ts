import { VaultError } from "../domain/vault-error.ts"
import { descriptor } from "./descriptor.ts"
import { type ArgsOf, type Fields, flag, integer, path, takeFields, text } from "./field.ts"
import { spellForTerminal } from "./spelling.ts"

/** What every command can be told, anywhere on the line. */
export const globalFields = {
  vault: path("DIR", "the vault (else $CLAVIGER_VAULT, else the one in your data folder)"),
  json: flag("one JSON document on standard output, and nothing else there"),
  passphraseFile: path("FILE", "the passphrase: the first line of FILE"),
  passphraseFd: descriptor("N", "the passphrase: one line read from file descriptor N"),
  unlockToken: text("URI", "open the vault with this token (pkcs11:token=…; pkcs11: alone is whichever is there)"),
  unlockPinFile: path("FILE", "the PIN of that token: the first line of FILE"),
  unlockPinFd: descriptor("N", "the PIN of that token: one line read from file descriptor N"),
  unlockKeyring: text("NAME", "log in to the token that holds this keyring before the command"),
  keyringToken: text("URI", "which token that is, where several that hold the keyring are there"),
  keyringPinFile: path("FILE", "the PIN of that token: the first line of FILE"),
  keyringPinFd: descriptor("N", "the PIN of that token: one line read from file descriptor N"),
  wait: integer("SECONDS", "how long to wait while another program has the vault open (2)"),
  yes: flag("confirm what can't be undone"),
  debug: flag("when there is a bug, show where"),
  acceptRollback: flag("open a vault that is older than the one last opened here; this is logged"),
} satisfies Fields

export type GlobalOptions = ArgsOf<typeof globalFields>

/** @throws `USAGE`, `INVALID_INPUT` */
export function takeGlobalOptions(given: Readonly<Record<string, unknown>>): GlobalOptions {
  const options = takeFields(globalFields, given, spellForTerminal)
  if (options.passphraseFile !== undefined && options.passphraseFd !== undefined) {
    throw new VaultError("USAGE", "--passphrase-file and --passphrase-fd are both given")
  }
  if (options.unlockToken === undefined && (options.unlockPinFile ?? options.unlockPinFd) !== undefined) {
    throw new VaultError("USAGE", "a PIN goes with --unlock-token")
  }
  if (options.unlockKeyring === undefined && (options.keyringPinFile ?? options.keyringPinFd) !== undefined) {
    throw new VaultError("USAGE", "a PIN goes with --unlock-keyring")
  }
  if (options.unlockKeyring === undefined && options.keyringToken !== undefined)
    throw new VaultError("USAGE", "--keyring-token goes with --unlock-keyring")
  return options
}
