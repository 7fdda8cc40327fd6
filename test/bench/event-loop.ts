import { generateKeyPairSync } from "node:crypto"
import { rm } from "node:fs/promises"
import { type LineWork, runGroups } from "../../main/cli/batch-groups.ts"
import { passphrase } from "../support/vaults.ts"
import type { OpenedBenchVault } from "./bench-vault.ts"
import type { Figure } from "./figure.ts"
import type { Lab } from "./lab.ts"
import { type Blocks, watchLoop } from "./loop-watch.ts"
import { count } from "./table.ts"

const usual = { than: "a frame", beside: 16 }
const ever = { than: "what nobody notices", beside: 50 }

/** P13: how long each piece of long work holds the event loop of its process, in a large vault. */
export async function loopFigures(lab: Lab): Promise<Figure[]> {
  const { bulk } = lab.sizes
  await loadCode(lab)
  const vault = lab.newVault(bulk)
  using opened = await vault.open()
  const figures: Figure[] = []
  for (const [name, work] of Object.entries(longWorks(opened, lab, Math.ceil(bulk / 20)))) {
    figures.push(...figuresOf(`${name}, at ${count(bulk)} keys`, await watchLoop(work)))
  }
  return figures
}

/** Does all of it once with a small vault: what Node.js takes to make JavaScript of TypeScript is no part of any work. */
async function loadCode(lab: Lab): Promise<void> {
  using small = await lab.newVault(1).open()
  for (const work of Object.values(longWorks(small, lab, 1))) await work()
}

function figuresOf(work: string, { p99Ms, longestMs }: Blocks): Figure[] {
  return [
    { work: `${work}: p99 block`, ours: p99Ms, ...usual, unit: "ms", goal: 1 },
    { work: `${work}: longest block`, ours: longestMs, ...ever, unit: "ms", goal: 1 },
  ]
}

export function longWorks(vault: OpenedBenchVault, lab: Lab, some: number): Record<string, () => Promise<unknown>> {
  const file = newKeyFile()
  const backup = lab.path("backup.clvbackup")
  return {
    "batch generate": () => batch(vault, some, (name) => vault.generate(name)),
    "batch import": () =>
      batch(vault, some, (name) => vault.ask("key.import", { name: `${name} in`, file: file.slice() })),
    "keyring rotate": () => vault.ask("keyring.rotate", { name: "personal" }),
    "audit verify": () => vault.ask("audit.verify", {}),
    "vault verify": () => vault.ask("vault.verify", {}),
    "vault backup": async () => {
      await vault.ask("vault.backup", { out: backup })
      await rm(backup)
    },
    "vault compact": () => vault.ask("vault.compact", {}),
    "vault rekey": () => vault.ask("vault.rekey", { passphrase: passphrase(), alsoPassphrases: [], confirmed: true }),
  }
}

/** The lines of a batch as the command line works them off, without the reading and the writing. */
async function batch(
  { claviger }: OpenedBenchVault,
  lines: number,
  run: (name: string) => Promise<object>,
): Promise<void> {
  const numbers = Array.from({ length: lines }, (_, index) => ({ number: index + 1, text: "" })).values()
  const failure = await runGroups(
    {
      lines: { take: () => numbers.next().value, more: () => Promise.resolve(false) },
      group: claviger.group,
      understand: ({ number }): LineWork => ({
        inBatch: "bulk",
        run: async () => ({ ok: true, result: await run(`watched-${number}`) }),
      }),
      asFailure: () => ({ code: "INTERNAL" }),
      write: () => Promise.resolve(true),
    },
    { stop: true, commitEvery: undefined },
  )
  if (failure !== null) throw new Error(`a line of the batch failed: ${failure.code}`)
}

/** PKCS#8 PEM of an Ed25519 key. */
function newKeyFile(): Uint8Array<ArrayBuffer> {
  const { privateKey } = generateKeyPairSync("ed25519")
  return new Uint8Array(Buffer.from(privateKey.export({ format: "pem", type: "pkcs8" })))
}
