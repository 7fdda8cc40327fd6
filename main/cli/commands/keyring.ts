import { command } from "../command.ts"
import { argument, required, text } from "../field.ts"
import { refuseToken, tokenField } from "./token-field.ts"

const name = argument(required(text("NAME", "the keyring")))

const keyringList = command({
  path: ["keyring", "list"],
  summary: "the keyrings: compartments of the vault, each with a key-encryption key of its own",
  example: "keyring list",
  vault: "opened",
  inBatch: "grouped",
  fields: {},
  columns: ["name", "purpose", "keys", "kekVersion", "createdAt", "id"],
  run: ({ ask }) => ask("keyring.list", {}),
})

const keyringCreate = command({
  path: ["keyring", "create"],
  summary: "a new keyring, with a new key-encryption key",
  example: "keyring create payroll",
  vault: "opened",
  inBatch: "grouped",
  fields: { name, purpose: text("P", "general, or wallet for seeds (general)"), ...tokenField },
  check: refuseToken,
  run: ({ ask }, { token: _, ...args }) => ask("keyring.create", args),
})

const keyringRotate = command({
  path: ["keyring", "rotate"],
  summary: "a new key-encryption key; every key of the keyring is wrapped anew under it",
  example: "keyring rotate payroll",
  vault: "opened",
  inBatch: "alone",
  fields: { name },
  run: ({ ask }, args) => ask("keyring.rotate", args),
})

export const keyringCommands = [keyringList, keyringCreate, keyringRotate]
