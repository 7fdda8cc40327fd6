import { command } from "../command.ts"
import { integer, path, required, text } from "../field.ts"
import { showWithoutWarnings, warned } from "../warnings.ts"
import { withSecrets } from "../with-secrets.ts"
import { input } from "./key-fields.ts"
import { largestKeyFile } from "./key-file.ts"
import { newSeedFields, passphraseIn, seedName, sharesPassphraseFile } from "./seed-fields.ts"
import { readShares, sharesFile } from "./shares-file.ts"

const language = text(
  "L",
  "english, japanese, korean, spanish, chinese_simplified, chinese_traditional, french, italian, czech, portuguese",
)

const generate = command({
  path: ["seed", "generate"],
  summary: "a new wallet seed, made here; its words show only when they are asked for",
  example: "seed generate savings --words 24",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name: seedName,
    words: integer("N", "12, 15, 18, 21 or 24 (24)"),
    language,
    diceFile: path("FILE", "throws of dice (1 to 6) or coins (H, T) to be mixed in"),
    ...newSeedFields,
  },
  async run(context, { diceFile, tag, ...args }) {
    const dice = diceFile === undefined ? undefined : (await context.readInput(diceFile, largestKeyFile)).bytes
    return await context.ask("seed.generate", { ...args, tags: tag, dice })
  },
})

const importSeed = command({
  path: ["seed", "import"],
  summary: "a seed that exists already: words, SLIP-39 shares (a line each), hexadecimal entropy, or an xprv",
  example: "seed import old-wallet --in words.txt",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name: seedName,
    in: input,
    format: text(
      "F",
      "bip39, slip39 (shares of a SLIP-39 wallet; of `seed split`: `seed combine`), entropy-hex or xprv (told apart)",
    ),
    language,
    sharesPassphraseFile,
    ...newSeedFields,
  },
  async run(context, { in: path, sharesPassphraseFile: shares, tag, ...args }) {
    using file = await context.readInput(path, largestKeyFile)
    const sharesPassphrase = await passphraseIn(shares, "sharesPassphraseFile")
    return warned(context, await context.ask("seed.import", { ...args, tags: tag, file: file.bytes, sharesPassphrase }))
  },
  show: showWithoutWarnings,
})

const combine = command({
  path: ["seed", "combine"],
  summary: "a seed from the shares that `seed split` made",
  example: "seed combine savings --shares-file shares.txt",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name: seedName,
    sharesFile: required(sharesFile),
    kind: text("K", "bip39: they are of a phrase; slip39: of a wallet that SLIP-39 itself made (bip39)"),
    language,
    sharesPassphraseFile,
    ...newSeedFields,
  },
  async run(context, { sharesFile: file, sharesPassphraseFile: passphraseFile, tag, ...args }) {
    const sharesPassphrase = await passphraseIn(passphraseFile, "sharesPassphraseFile")
    return await withSecrets(await readShares(context, file), async (shares) =>
      warned(context, await context.ask("seed.combine", { ...args, tags: tag, shares, sharesPassphrase })),
    )
  },
  show: showWithoutWarnings,
})

const list = command({
  path: ["seed", "list"],
  summary: "the seeds of the vault; what else is known of one: `key show NAME`",
  example: "seed list",
  vault: "opened",
  inBatch: "grouped",
  fields: {},
  columns: ["name", "fingerprint", "words", "version"],
  run: ({ ask }) => ask("seed.list", {}),
})

export const seedMakeCommands = [generate, importSeed, combine, list]
