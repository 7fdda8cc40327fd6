import { mkdirSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { base64 } from "../base64.ts"
import { command } from "../command.ts"
import { deliver } from "../deliver.ts"
import { flag, list, path, required, text } from "../field.ts"
import { checkOutput, writeOutput } from "../output-file.ts"
import { readPassphraseFile } from "../secret-input.ts"
import { readChild, readSharePlan } from "../seed-choices.ts"
import { input, outputFields } from "./key-fields.ts"
import { largestKeyFile } from "./key-file.ts"
import {
  bip39PassphraseFile,
  consent,
  passphraseIn,
  seedName,
  seedVersion,
  sharesPassphraseFile,
} from "./seed-fields.ts"

const reveal = command({
  path: ["seed", "reveal"],
  summary: "show a seed's words; this is logged",
  example: "seed reveal savings --yes --out words.txt",
  vault: "opened",
  inBatch: "grouped",
  fields: { name: seedName, version: seedVersion, ...outputFields },
  run: (context, { out, force, ...args }) =>
    deliver(context, { out, force }, async () => {
      const agreed = await consent(context, "The words will show. Type the seed's name", args.name)
      const { revealed, ...about } = await context.ask("seed.reveal", { ...args, ...agreed })
      return { bytes: withLineBreak(revealed), isSecret: true, about, inline: (bytes) => ({ revealed: textOf(bytes) }) }
    }),
})

const verify = command({
  path: ["seed", "verify"],
  summary: "does this written copy match? Says which words differ, and never how; exit status 7 when it does not",
  example: "seed verify savings --in typed-from-paper.txt",
  vault: "opened",
  inBatch: "grouped",
  fields: { name: seedName, in: input, version: seedVersion },
  async run(context, { in: path, ...args }) {
    using copy = await context.readInput(path, largestKeyFile)
    return await context.ask("seed.verify", { ...args, copy: copy.bytes })
  },
  exitStatus: ({ matches }) => (matches ? 0 : 7),
})

const split = command({
  path: ["seed", "split"],
  summary: "split a seed into SLIP-39 shares, a file each; enough of them give it back",
  example: "seed split savings --scheme 2of3 --out-dir shares --yes",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name: seedName,
    scheme: required(text("MofN", "how many of how many shares, or with --groups of how many groups")),
    groups: list("MofN", "a group's own scheme; once for each group"),
    outDir: required(path("DIR", "the folder for the shares; made if it is not there")),
    version: seedVersion,
    sharesPassphraseFile,
    force: flag("replace files of shares that exist"),
  },
  async run(context, { scheme, groups, outDir, sharesPassphraseFile: file, force, ...args }) {
    const plan = readSharePlan(
      scheme,
      groups?.flatMap((group) => group.split(",")),
    )
    const places = sharePlaces(resolve(outDir), plan.groups)
    for (const place of places.flat()) checkOutput(context.vaultPath, place, force)
    const sharesPassphrase = await passphraseIn(file, "sharesPassphraseFile")
    const agreed = await consent(context, "Whoever has enough shares has the seed. Type the seed's name", args.name)
    const { shares, ...about } = await context.ask("seed.split", { ...args, plan, sharesPassphrase, ...agreed })
    mkdirSync(resolve(outDir), { recursive: true, mode: 0o700 })
    const files = writeShares(places.flat(), shares.flat(), force)
    return { ...about, groupThreshold: plan.groupThreshold, files }
  },
})

/** Names say which share of which group it is; what the seed is called is nobody's business who finds one. */
function sharePlaces(folder: string, groups: readonly { readonly count: number }[]): string[][] {
  return groups.map(({ count }, group) =>
    Array.from({ length: count }, (_, share) => {
      const place = groups.length === 1 ? `share-${share + 1}` : `group-${group + 1}-share-${share + 1}`
      return join(folder, `${place}-of-${count}.txt`)
    }),
  )
}

/** All of them or none: a few shares of a set that nobody knows to be incomplete would do harm. */
function writeShares(places: readonly string[], shares: readonly Uint8Array<ArrayBuffer>[], force: boolean): string[] {
  using owned = new DisposableStack()
  for (const share of shares) owned.use(new Secret(share))
  const written: string[] = []
  try {
    for (const [number, place] of places.entries()) written.push(writeShare(place, shares[number], force))
    return written
  } catch (error) {
    for (const file of written) rmSync(file, { force: true })
    throw error
  }
}

function writeShare(place: string, share: Uint8Array | undefined, force: boolean): string {
  if (share === undefined) throw new Error("there are fewer shares than were planned")
  using line = new Secret(withLineBreak(share))
  return writeOutput(place, line.bytes, force)
}

const child = command({
  path: ["seed", "child"],
  summary: "a child of a seed (BIP-85): a phrase, hexadecimal digits, a key or a password; no index is given twice",
  example: "seed child savings --bip85 words=12 --out child-words.txt --yes",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name: seedName,
    bip85: required(
      text(
        "WHAT",
        "words=12,index=0 or kind=hex,bytes=32 (kinds: hex, wif, xprv; base64 and base85 with length=20); without an index: the next one",
      ),
    ),
    as: text("NEW", "keep a phrase in the vault, as a seed of its own"),
    version: seedVersion,
    bip39PassphraseFile,
    ...outputFields,
  },
  async run(context, { bip85, as, bip39PassphraseFile: file, out, force, ...args }) {
    const wanted = readChild(bip85)
    const bip39Passphrase = await passphraseIn(file, "bip39PassphraseFile")
    const agreed = await consent(context, "A secret of the seed is given out. Type the seed's name", args.name)
    const asked = { ...args, ...wanted, bip39Passphrase, ...agreed }
    if (as !== undefined) return await context.ask("seed.child", { ...asked, as })
    return await deliver(context, { out, force }, async () => {
      const { child: made = new Uint8Array(0), ...about } = await context.ask("seed.child", asked)
      return { bytes: withLineBreak(made), isSecret: true, about, inline: (bytes) => ({ child: textOf(bytes) }) }
    })
  },
})

const exportSeed = command({
  path: ["seed", "export"],
  summary: "a seed, encrypted: to age recipients, under a passphrase, or one key as an Ethereum keystore",
  example: "seed export savings --to age1… --out savings.age",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name: seedName,
    version: seedVersion,
    to: list("RECIPIENT", "an age recipient; may be repeated"),
    outPassphraseFile: path("FILE", "encrypted under the passphrase in FILE"),
    keystoreV3: flag("one private key, as Ethereum's programs keep it, under the passphrase in --out-passphrase-file"),
    path: text("PATH", "which key, with --keystore-v3: m/44'/60'/0'/0/0"),
    bip39PassphraseFile,
    ...outputFields,
  },
  check({ out, bip39PassphraseFile: file, ...way }) {
    if (out === undefined) throw new VaultError("USAGE", "--out is missing; - is standard output")
    requireOneWay({ ...way, file })
  },
  run: (context, { to, outPassphraseFile, keystoreV3, path, bip39PassphraseFile: file, out, force, ...args }) =>
    deliver(context, { out, force }, async () => {
      const protection = await protectionFor({ to, outPassphraseFile, path, file })
      const { exported, ...about } = await context.ask("seed.export", { ...args, protection })
      return { bytes: exported, isSecret: false, about, inline: (bytes) => ({ exported: base64(bytes) }) }
    }),
})

interface Way {
  readonly to: readonly string[] | undefined
  readonly outPassphraseFile: string | undefined
  readonly keystoreV3: boolean
  readonly path: string | undefined
  readonly file: string | undefined
}

function requireOneWay({ to, outPassphraseFile, keystoreV3, path, file }: Way): void {
  if ((to === undefined) === (outPassphraseFile === undefined)) {
    throw new VaultError("USAGE", "one of --to and --out-passphrase-file is needed")
  }
  if (keystoreV3 !== (path !== undefined) || (file !== undefined && !keystoreV3)) {
    throw new VaultError("USAGE", "--keystore-v3 and --path go together")
  }
}

async function protectionFor({ to, outPassphraseFile, path, file }: Omit<Way, "keystoreV3">) {
  if (outPassphraseFile === undefined) return { kind: "recipients", recipients: [...(to ?? [])] }
  const { bytes: passphrase } = await readPassphraseFile(outPassphraseFile, "outPassphraseFile")
  if (path === undefined) return { kind: "passphrase", passphrase }
  const bip39Passphrase = await passphraseIn(file, "bip39PassphraseFile")
  return { kind: "keystore-v3", path, passphrase, bip39Passphrase }
}

function withLineBreak(text: Uint8Array): Uint8Array<ArrayBuffer> {
  const line = Secret.ofSize(text.length + 1)
  line.bytes.set(text)
  line.bytes[text.length] = 0x0a
  return line.bytes
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).trimEnd()
}

export const seedSecretCommands = [reveal, verify, split, child, exportSeed]
