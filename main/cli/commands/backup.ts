import { resolve } from "node:path"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import type { Context } from "../context.ts"
import { descriptor } from "../descriptor.ts"
import { argument, flag, integer, path, required, text } from "../field.ts"
import { readPassphraseFd, readPassphraseFile } from "../secret-input.ts"
import { showTable } from "../show-result.ts"
import { withSecrets } from "../with-secrets.ts"
import { readShares, sharesFile } from "./shares-file.ts"

const backup = command({
  path: ["vault", "backup"],
  summary: "write the whole vault, encrypted, into one file, and verify it",
  example: "vault backup /media/usb/keys.backup",
  vault: "opened",
  inBatch: "alone",
  fields: { out: argument(required(path("OUT", "the file to write"))), force: flag("replace OUT when it exists") },
  run: ({ ask }, { out, force }) => ask("vault.backup", { out: resolve(out), force }),
})

const file = argument(required(path("FILE", "the backup")))

const restore = command({
  path: ["vault", "restore"],
  summary: "make a vault from a backup; it proves itself before it says that it is done",
  example: "vault restore /media/usb/keys.backup --to restored.claviger",
  vault: "named",
  inBatch: "alone",
  fields: {
    file,
    to: required(path("DIR", "the folder of the new vault; it must not exist yet")),
    sharesFile,
  },
  run: (context, args) => restoreFrom(context, resolve(args.file), resolve(args.to), args.sharesFile),
})

async function restoreFrom(context: Context, from: string, to: string, sharesPath: string | undefined) {
  if (sharesPath === undefined) {
    return await context.withCredential((given) => context.ask("vault.restore", { file: from, to, ...given }))
  }
  const lines = await readShares(context, sharesPath)
  return await withSecrets(lines, (shares) => context.ask("vault.restore", { file: from, to, shares }))
}

const drill = command({
  path: ["vault", "drill"],
  summary: "restore a backup in a temporary place and verify it; exit status 7 when it is not as it was made",
  example: "vault drill /media/usb/keys.backup",
  vault: "opened",
  inBatch: "alone",
  fields: {
    file,
    backupPassphraseFile: path("FILE", "the passphrase that the backup opens with (that of the vault)"),
    backupPassphraseFd: descriptor("N", "the same, from file descriptor N"),
    sharesFile,
  },
  check({ backupPassphraseFile, backupPassphraseFd, sharesFile: shares }) {
    const given = [backupPassphraseFile, backupPassphraseFd, shares].filter((one) => one !== undefined)
    if (given.length > 1) throw new VaultError("USAGE", "one thing opens the backup: a passphrase, or shares")
  },
  async run(context, { file: from, sharesFile: sharesPath, ...source }) {
    const drilled = resolve(from)
    if (sharesPath !== undefined) {
      const lines = await readShares(context, sharesPath)
      return await withSecrets(lines, (shares) => context.ask("vault.drill", { file: drilled, shares }))
    }
    using passphrase = await passphraseOfBackup(source)
    if (passphrase === null)
      return await context.withCredential((given) => context.ask("vault.drill", { file: drilled, ...given }))
    return await context.ask("vault.drill", { file: drilled, passphrase: passphrase.bytes })
  },
  exitStatus: ({ ok }) => (ok ? 0 : 7),
})

async function passphraseOfBackup(source: {
  readonly backupPassphraseFile: string | undefined
  readonly backupPassphraseFd: number | undefined
}): Promise<Secret | null> {
  const { backupPassphraseFile: from, backupPassphraseFd: fd } = source
  if (from !== undefined) return await readPassphraseFile(from, "backupPassphraseFile")
  return fd === undefined ? null : await readPassphraseFd(fd, "backupPassphraseFd")
}

const destroyed = command({
  path: ["vault", "backup-destroyed"],
  summary: "note that a backup and every copy of its file are destroyed; a drill that finds it again takes that back",
  example: "vault backup-destroyed /media/usb/keys.backup --reason 'stick was shredded'",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    file: argument(required(path("FILE", "where the vault knows it to have been"))),
    reason: required(text("R", "how you know, for the log and for certificates of destruction")),
  },
  run: ({ ask }, { file: place, reason }) => ask("vault.backup-destroyed", { file: resolve(place), reason }),
})

const backups = command({
  path: ["vault", "backups"],
  summary:
    "the backups that were made: whether they are still there, when they were verified, what destroyed keys they hold",
  example: "vault backups --holding payroll",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    holding: text("K", "only those that hold this key, also when it is destroyed here"),
    version: integer("N", "with --holding: only this version of it"),
  },
  check({ holding, version }) {
    if (version !== undefined && holding === undefined) throw new VaultError("USAGE", "--version goes with --holding")
  },
  run: ({ ask }, args) => ask("vault.backups", args),
  show: ({ backups: each }) =>
    showTable(
      each.map(({ destroyed, ...rest }) => ({ ...rest, destroyedKeys: destroyed.count })),
      ["path", "createdAt", "file", "verifiedAt", "keys", "versions", "destroyedKeys"],
    ),
})

export const backupCommands = [backup, restore, drill, destroyed, backups]
