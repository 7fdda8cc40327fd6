import { command } from "../command.ts"
import { flag, integer, required, text } from "../field.ts"
import { bip39PassphraseFile, passphraseIn, seedName, seedVersion } from "./seed-fields.ts"

const account = integer("N", "the account, counted from 0 (0)")
const path = text("PATH", "where the account's key is, instead of its number: m/84'/0'/5'")

const addresses = command({
  path: ["seed", "addresses"],
  summary: "addresses of a seed; each that shows is remembered, to move from when the seed is rotated",
  example: "seed addresses savings --standard bip84 --count 5",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name: seedName,
    standard: required(text("S", "bip44, bip49, bip84, bip86, eth or sol")),
    version: seedVersion,
    account,
    path,
    change: flag("those for one's own change"),
    start: integer("N", "the first (0)"),
    count: integer("N", "how many (20)"),
    bip39PassphraseFile,
  },
  async run(context, { bip39PassphraseFile: file, ...args }) {
    const bip39Passphrase = await passphraseIn(file, "bip39PassphraseFile")
    return await context.ask("seed.addresses", { ...args, bip39Passphrase })
  },
})

const xpub = command({
  path: ["seed", "xpub"],
  summary: "the public key of an account, and its descriptors, for a wallet that watches",
  example: "seed xpub savings --standard bip84",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name: seedName,
    standard: text("S", "bip44, bip49, bip84, bip86 or eth; or only --path"),
    version: seedVersion,
    account,
    path,
    bip39PassphraseFile,
  },
  async run(context, { bip39PassphraseFile: file, ...args }) {
    const bip39Passphrase = await passphraseIn(file, "bip39PassphraseFile")
    return await context.ask("seed.xpub", { ...args, bip39Passphrase })
  },
})

const given = command({
  path: ["seed", "given"],
  summary: "the addresses of a seed that showed before: what it may hold",
  example: "seed given savings --version 1",
  vault: "opened",
  inBatch: "grouped",
  fields: { name: seedName, version: seedVersion },
  run: ({ ask }, args) => ask("seed.given", args),
})

export const seedWatchCommands = [addresses, given, xpub]
