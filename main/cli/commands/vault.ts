import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import type { KdfParameters } from "../../../preload/contract/values.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import { flag, paths, required, text } from "../field.ts"
import { lostShares, makeWayForShares, requireShares, sharesOut, showShares, takeShares } from "../recovery-shares.ts"
import { readPassphraseFile } from "../secret-input.ts"
import { readKdfChoice, readKdfParameters, readShareScheme } from "../vault-choices.ts"
import { withSecrets } from "../with-secrets.ts"
import { backupCommands } from "./backup.ts"
import { newPassphraseFields, newPassphraseSource } from "./new-passphrase.ts"
import { readShares, sharesFile } from "./shares-file.ts"

const create = command({
  path: ["vault", "create"],
  summary: "make a new vault",
  example: "vault create --vault keys.claviger --label Payroll --recovery 3of5",
  vault: "named",
  inBatch: "alone",
  fields: {
    label: text("L", "a name that is readable while the vault is locked"),
    kdf: text("COST", "auto, low-memory, or memoryKiB=…,passes=…,lanes=… of Argon2id (auto: just under 500 ms here)"),
    recovery: text("MofN", "SLIP-39 recovery shares, for example 3of5: any three open the vault"),
    sharesOut,
  },
  check: ({ recovery, sharesOut: out }) => requireShares(recovery, out),
  async run(context, { label, kdf, recovery, sharesOut: out }) {
    const choices = {
      path: resolve(context.vaultPath),
      label,
      kdf: readKdfChoice(kdf ?? "auto"),
      recovery: recovery === undefined ? undefined : readShareScheme(recovery),
    }
    requireNoVault(choices.path)
    using passphrase = await context.firstPassphrase()
    if (recovery !== undefined) await makeWayForShares(context, out)
    const created = await context.ask("vault.create", { ...choices, passphrase: passphrase.bytes })
    return takeShares(context, created, out)
  },
  show: showShares,
  ifLost: lostShares,
})

/** Before anybody thinks of a passphrase in vain. What else may be in the way, making the vault finds out. */
function requireNoVault(path: string): void {
  if (existsSync(join(path, "vault.json"))) throw new VaultError("ALREADY_EXISTS", path)
}

const info = command({
  path: ["vault", "info"],
  summary: "what can be known of a vault: without a passphrase its header, with one also what is in it",
  example: "vault info --vault keys.claviger",
  vault: "named",
  inBatch: "alone",
  fields: {},
  async run(context) {
    if (context.hasCredential) await context.unlock()
    return await context.ask("vault.info", { path: resolve(context.vaultPath) })
  },
})

const verify = command({
  path: ["vault", "verify"],
  summary: "check every page, row, sealed key and the log; exit status 7 when something is wrong",
  example: "vault verify",
  vault: "opened",
  inBatch: "alone",
  fields: {},
  run: ({ ask }) => ask("vault.verify", {}),
  exitStatus: ({ ok }) => (ok ? 0 : 7),
})

const passwd = command({
  path: ["vault", "passwd"],
  summary: "change the passphrase; older copies of the vault still open with the old one",
  example: "vault passwd --new-passphrase-file new.txt",
  vault: "opened",
  inBatch: "alone",
  fields: newPassphraseFields,
  async run(context, args) {
    using passphrase = await context.newPassphrase(newPassphraseSource(args), "newPassphrase")
    return await context.ask("vault.passwd", { newPassphrase: passphrase.bytes })
  },
})

const kdf = command({
  path: ["vault", "kdf"],
  summary: "change how much work it takes to try a passphrase",
  example: "vault kdf --calibrate",
  vault: "opened",
  inBatch: "alone",
  fields: {
    calibrate: flag("measure this machine and take the strongest cost under 500 ms"),
    set: text("COST", "memoryKiB=…,passes=…,lanes=… of Argon2id"),
  },
  check({ calibrate, set }) {
    if (calibrate === (set !== undefined)) throw new VaultError("USAGE", "one of --calibrate and --set is needed")
    costFrom(set)
  },
  async run(context, { set }) {
    const cost = costFrom(set)
    using passphrase = await context.passphrase()
    return await context.ask("vault.kdf", { passphrase: passphrase.bytes, kdf: cost })
  },
})

function costFrom(set: string | undefined): "auto" | KdfParameters {
  return set === undefined ? "auto" : readKdfParameters(set, "set")
}

const recover = command({
  path: ["vault", "recover"],
  summary: "open a vault with its recovery shares and give it a new passphrase",
  example: "vault recover --shares-file shares.txt --new-passphrase-file new.txt",
  vault: "named",
  inBatch: "alone",
  fields: { sharesFile: required(sharesFile), ...newPassphraseFields },
  async run(context, args) {
    const { acceptRollback } = context
    return await withSecrets(await readShares(context, args.sharesFile), async (shares) => {
      using passphrase = await context.newPassphrase(newPassphraseSource(args), "newPassphrase")
      const path = resolve(context.vaultPath)
      return await context.ask("vault.recover", { path, shares, newPassphrase: passphrase.bytes, acceptRollback })
    })
  },
})

const rekey = command({
  path: ["vault", "rekey"],
  summary: "give the vault a new master key and database key; after a crash it resumes by itself",
  example: "vault rekey --yes",
  vault: "opened",
  inBatch: "alone",
  fields: {
    alsoPassphraseFile: paths("FILE", "the passphrase of another keyslot that is to stay; may be repeated"),
    sharesOut,
  },
  async run(context, { alsoPassphraseFile, sharesOut: out }) {
    const confirmed = await context.confirm("Keyslots whose passphrase is not given are removed. Type rekey", "rekey")
    using passphrase = await context.passphrase()
    const others = []
    for (const file of alsoPassphraseFile ?? []) others.push(await readPassphraseFile(file, "alsoPassphraseFile"))
    const { keyslots } = await context.ask("vault.slot.list", {})
    if (keyslots.some(({ kind }) => kind === "recovery")) await makeWayForShares(context, out)
    const rekeyed = await withSecrets(others, (alsoPassphrases) =>
      context.ask("vault.rekey", { passphrase: passphrase.bytes, alsoPassphrases, confirmed }),
    )
    return takeShares(context, rekeyed, out)
  },
  show: showShares,
  ifLost: lostShares,
})

const lock = command({
  path: ["vault", "lock"],
  summary: "lock the vault before the batch ends; lines that need it open fail from then on",
  example: "batch lines.jsonl",
  vault: "named",
  inBatch: "alone",
  isOnlyInBatch: true,
  fields: {},
  run: ({ ask }) => ask("vault.lock", {}),
})

const compact = command({
  path: ["vault", "compact"],
  summary: "give unused space in the vault's file back to the disk",
  example: "vault compact",
  vault: "opened",
  inBatch: "alone",
  fields: {},
  run: ({ ask }) => ask("vault.compact", {}),
})

export const vaultCommands = [create, info, verify, passwd, kdf, recover, rekey, lock, ...backupCommands, compact]
