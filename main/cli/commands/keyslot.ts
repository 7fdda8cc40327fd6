import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import { argument, required, text } from "../field.ts"
import { lostShares, makeWayForShares, requireShares, sharesOut, showShares, takeShares } from "../recovery-shares.ts"
import { readShareScheme } from "../vault-choices.ts"
import { newPassphraseFields, newPassphraseSource } from "./new-passphrase.ts"

const columns = ["id", "kind", "label", "kdf", "scheme"]

const slotList = command({
  path: ["vault", "slot", "list"],
  summary: "the keyslots: each is one way to open the vault",
  example: "vault slot list",
  vault: "opened",
  inBatch: "alone",
  fields: {},
  columns,
  run: ({ ask }) => ask("vault.slot.list", {}),
})

const slotAdd = command({
  path: ["vault", "slot", "add"],
  summary: "another way to open the vault: a passphrase, or recovery shares",
  example: "vault slot add --label deputy --new-passphrase-file deputy.txt",
  vault: "opened",
  inBatch: "alone",
  fields: {
    ...newPassphraseFields,
    recovery: text("MofN", "SLIP-39 recovery shares instead of a passphrase, for example 3of5"),
    label: text("L", "a name that is readable while the vault is locked"),
    sharesOut,
  },
  check({ recovery, sharesOut: out, newPassphraseFile, newPassphraseFd }) {
    requireShares(recovery, out)
    if (recovery === undefined) return
    if ((newPassphraseFile ?? newPassphraseFd) !== undefined) {
      throw new VaultError("USAGE", "a keyslot has a passphrase or recovery shares, not both")
    }
    readShareScheme(recovery)
  },
  async run(context, { recovery, label, sharesOut: out, ...source }) {
    if (recovery !== undefined) {
      const scheme = readShareScheme(recovery)
      await makeWayForShares(context, out)
      return takeShares(context, await context.ask("vault.slot.add", { recovery: scheme, label }), out)
    }
    using passphrase = await context.newPassphrase(newPassphraseSource(source), "newPassphrase")
    return takeShares(context, await context.ask("vault.slot.add", { newPassphrase: passphrase.bytes, label }), out)
  },
  show: showShares,
  ifLost: lostShares,
})

const slotRemove = command({
  path: ["vault", "slot", "remove"],
  summary: "take one way to open the vault away; the last one stays",
  example: "vault slot remove 01890a5d-ac96-774b-bcce-b302099a8057 --yes",
  vault: "opened",
  inBatch: "alone",
  fields: { id: argument(required(text("ID", "the keyslot, as `vault slot list` shows it"))) },
  columns,
  async run(context, { id }) {
    const { keyslots } = await context.ask("vault.slot.list", {})
    if (!keyslots.some((slot) => slot.id === id)) throw new VaultError("NOT_FOUND", "no keyslot of that id")
    const confirmed = await context.confirm(
      "That passphrase or those shares will no longer open it. Type remove",
      "remove",
    )
    return await context.ask("vault.slot.remove", { id, confirmed })
  },
})

export const keyslotCommands = [slotList, slotAdd, slotRemove]
