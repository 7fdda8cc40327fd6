import { keyringInNeed } from "../../../preload/contract/failure.ts"
import { meansKey, parseTokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import type { Context } from "../context.ts"
import { argument, required, text } from "../field.ts"
import { tellLeftInToken } from "../left-in-token-note.ts"
import { showTable } from "../show-result.ts"
import { type PinOptions, withPin } from "../with-pin.ts"
import { pinFields } from "./token-field.ts"

const name = argument(required(text("NAME", "the keyring")))

const columns = ["name", "purpose", "keys", "kekVersion", "tokens", "createdAt", "id"]

function labelsOf(tokens: readonly { readonly uri: string }[]): string {
  return tokens.map(({ uri }) => parseTokenUri(uri).token ?? uri).join(", ")
}

const keyringList = command({
  path: ["keyring", "list"],
  summary: "the keyrings: compartments of the vault, each with a key-encryption key of its own",
  example: "keyring list",
  vault: "opened",
  inBatch: "grouped",
  fields: {},
  columns,
  run: ({ ask }) => ask("keyring.list", {}),
  show: ({ keyrings }) =>
    showTable(
      keyrings.map((each) => ({ ...each, tokens: labelsOf(each.tokens) })),
      columns,
    ),
})

const keyringCreate = command({
  path: ["keyring", "create"],
  summary: "a new keyring, with a new key-encryption key; with --token, one that can't be used without that token",
  example: "keyring create payroll --token pkcs11:token=work --pin-file pin.txt",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name,
    purpose: text("P", "general, or wallet for seeds (general)"),
    token: text("URI", "held by this token, in which a key is made for it, or by this key in a token (pkcs11:…)"),
    ...pinFields,
  },
  check({ token, pinFile, pinFd }) {
    if (token === undefined && (pinFile ?? pinFd) !== undefined)
      throw new VaultError("USAGE", "a PIN goes with --token")
  },
  run: (context, { pinFile, pinFd, ...args }) =>
    withPin(context, { pinFile, pinFd }, (pin) => context.ask("keyring.create", { ...args, ...pin })),
})

const keyringUnlock = command({
  path: ["keyring", "unlock"],
  summary:
    "log in to the token that holds a keyring, for the lines of a batch that follow; alone it shows that the token opens it",
  example: "keyring unlock payroll --pin-file pin.txt",
  vault: "opened",
  inBatch: "alone",
  fields: { name, token: text("URI", "which token, where several that hold it are there"), ...pinFields },
  run: (context, args) => unlockKeyring(context, args),
})

function unlockKeyring(
  context: Context,
  { name: keyring, token, ...source }: PinOptions & { readonly name: string; readonly token?: string | undefined },
) {
  return withPin(context, source, (pin) => context.ask("keyring.unlock", { name: keyring, token, ...pin }))
}

const keyringEnroll = command({
  path: ["keyring", "enroll"],
  summary: "a further token that holds a keyring; one that holds it already must be there, and has a PIN of its own",
  example:
    "keyring enroll payroll --token pkcs11:token=spare --pin-file spare-pin.txt --unlock-keyring payroll --keyring-pin-file pin.txt",
  vault: "opened",
  inBatch: "alone",
  fields: {
    name,
    token: required(text("URI", "the further token, in which a key is made for it, or a key in a token (pkcs11:…)")),
    ...pinFields,
  },
  async run(context, { name: keyring, token, ...source }) {
    await openByHolder(context, keyring)
    return await withPin(context, source, (pin) => context.ask("keyring.enroll", { name: keyring, token, ...pin }))
  },
})

/** Its PIN is another one than that of the token that is named: neither is tried with the other. */
async function openByHolder(context: Context, name: string): Promise<void> {
  try {
    await context.ask("keyring.unlock", { name })
  } catch (error) {
    if (!(error instanceof VaultError && keyringInNeed(error.detail) !== null)) throw error
    using pin = await context.pin({ file: undefined, fd: undefined }, "holderPin", { isAsked: true })
    if (pin === null) throw error
    await context.ask("keyring.unlock", { name, pin: pin.bytes })
  }
}

const keyringWithdraw = command({
  path: ["keyring", "withdraw"],
  summary: "a token holds a keyring no longer, and may be lost; the last one stays",
  example: "keyring withdraw payroll --token pkcs11:token=lost --yes",
  vault: "opened",
  inBatch: "alone",
  fields: { name, token: required(text("URI", "the token, by its URI or its id, as `keyring list --json` shows it")) },
  async run(context, { name: keyring, token }) {
    const { keyrings } = await context.ask("keyring.list", {})
    const found = keyrings.find((each) => each.name === keyring)
    if (found === undefined) throw new VaultError("NOT_FOUND", "a keyring of that name")
    const [one, ...others] = found.tokens.filter(({ id, uri }) => id === token || isMeant(token, uri))
    if (one === undefined) throw new VaultError("NOT_FOUND", "that token holds no such keyring")
    if (others.length > 0) throw new VaultError("INVALID_INPUT", "token: several of them are meant; name one by its id")
    const confirmed = await context.confirm(
      `The token ${labelsOf([one])} will no longer open it. Type ${keyring}`,
      keyring,
    )
    context.note("whoever has that token and an older copy of the vault can still open its keys: keyring rotate")
    const answer = await context.ask("keyring.withdraw", { name: keyring, id: one.id, confirmed })
    tellLeftInToken(context, answer.leftInToken)
    return answer
  },
})

function isMeant(token: string, uri: string): boolean {
  return token.startsWith("pkcs11:") && meansKey(parseTokenUri(token), parseTokenUri(uri))
}

const keyringRotate = command({
  path: ["keyring", "rotate"],
  summary: "a new key-encryption key; every key of the keyring is wrapped anew under it",
  example: "keyring rotate payroll",
  vault: "opened",
  inBatch: "alone",
  fields: { name, ...pinFields },
  run: (context, { name: keyring, ...source }) =>
    withPin(context, source, (pin) => context.ask("keyring.rotate", { name: keyring, ...pin })),
})

export const keyringCommands = [
  keyringList,
  keyringCreate,
  keyringUnlock,
  keyringEnroll,
  keyringWithdraw,
  keyringRotate,
]
