import type { KeyslotSummary } from "../../../preload/contract/keyslot-summary.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import type { Context } from "../context.ts"
import { argument, flag, required, text } from "../field.ts"
import { tellLeftInToken } from "../left-in-token-note.ts"
import { lostShares, makeWayForShares, requireShares, sharesOut, showShares, takeShares } from "../recovery-shares.ts"
import { readShareScheme } from "../vault-choices.ts"
import { type PinOptions, withPin } from "../with-pin.ts"
import { newPassphraseFields, newPassphraseSource } from "./new-passphrase.ts"
import { pinFields } from "./token-field.ts"

const columns = ["id", "kind", "label", "kdf", "scheme", "token"]

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
  summary: "another way to open the vault: a passphrase, recovery shares, or a token, alone or with a passphrase",
  example: "vault slot add --label deputy --new-passphrase-file deputy.txt",
  vault: "opened",
  inBatch: "alone",
  fields: {
    ...newPassphraseFields,
    recovery: text("MofN", "SLIP-39 recovery shares instead of a passphrase, for example 3of5"),
    token: text("URI", "this token, in which a key is made for it, or this key in a token (pkcs11:…)"),
    ...pinFields,
    withPassphrase: flag("with --token: a passphrase is needed besides the token"),
    label: text("L", "a name that is readable while the vault is locked"),
    sharesOut,
  },
  check({ token, pinFile, pinFd, withPassphrase, recovery, sharesOut: out, newPassphraseFile, newPassphraseFd }) {
    requireShares(recovery, out)
    const isNewPassphraseSaid = (newPassphraseFile ?? newPassphraseFd) !== undefined
    if (token === undefined && (withPassphrase || (pinFile ?? pinFd) !== undefined))
      throw new VaultError("USAGE", "a PIN and --with-passphrase go with --token")
    if (token !== undefined && recovery !== undefined)
      throw new VaultError("USAGE", "a keyslot has a token or recovery shares, not both")
    if (token !== undefined && isNewPassphraseSaid && !withPassphrase)
      throw new VaultError("USAGE", "a passphrase besides the token goes with --with-passphrase")
    if (recovery === undefined) return
    if (isNewPassphraseSaid) {
      throw new VaultError("USAGE", "a keyslot has a passphrase or recovery shares, not both")
    }
    readShareScheme(recovery)
  },
  async run(context, { recovery, token, label, sharesOut: out, ...source }) {
    if (token !== undefined) return await slotForToken(context, token, { label, ...source })
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

interface ForToken extends PinOptions {
  readonly label: string | undefined
  readonly withPassphrase: boolean
  readonly newPassphraseFile: string | undefined
  readonly newPassphraseFd: number | undefined
}

async function slotForToken(
  context: Context,
  token: string,
  { label, withPassphrase, ...source }: ForToken,
): Promise<{ slot: KeyslotSummary; recoveryShares?: string[] }> {
  using passphrase = withPassphrase ? await context.newPassphrase(newPassphraseSource(source), "newPassphrase") : null
  const { slot } = await withPin(context, source, async (pin) => {
    // What is asked with is wiped, and may be asked with twice.
    using copy = passphrase === null ? null : Secret.copyOf(passphrase.bytes)
    const besides = copy === null ? {} : { newPassphrase: copy.bytes }
    return await context.ask("vault.slot.add", { token, label, ...besides, ...pin })
  })
  return { slot }
}

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
      "That passphrase, those shares or that token will no longer open it. Type remove",
      "remove",
    )
    const answer = await context.ask("vault.slot.remove", { id, confirmed })
    tellLeftInToken(context, answer.leftInToken)
    return answer
  },
})

export const keyslotCommands = [slotList, slotAdd, slotRemove]
