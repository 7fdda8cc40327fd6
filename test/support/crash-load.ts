// Does one thing after another to the vault in a folder until it is killed: node crash-load.ts FOLDER SEED
// Says on standard output, a line each: ready; then, once it is done, what is done, as JSON.
import { readFileSync, writeSync } from "node:fs"
import { toFailure } from "../../main/operations/to-failure.ts"
import { SeededRandom } from "./seeded-random.ts"
import { VaultInFolder } from "./vault-in-folder.ts"
import { passphrase } from "./vaults.ts"

/** What was reported: to be found after any crash. */
export type Done =
  | { readonly kind: "keys"; readonly names: readonly string[] }
  | { readonly kind: "version"; readonly name: string; readonly version: number }
  | { readonly kind: "row"; readonly action: string }
  | { readonly kind: "backup"; readonly keys: number }

const [folder = "", seed = ""] = process.argv.slice(2)
async function load(vault: VaultInFolder, random: SeededRandom): Promise<never> {
  const unique = (index: number): string => `${seed}-${index}`
  await vault.open()
  say("ready")
  for (let index = 0; ; index += 1) {
    const name = unique(index)
    const work = random.oneOf([
      generate,
      generate,
      rotate,
      rotate,
      importText,
      group,
      group,
      rekey,
      backup,
      keyring,
      passwd,
      bySteps,
      bySteps,
      rewrap,
    ])
    try {
      say(JSON.stringify(await work(vault, name, random)))
    } catch (error) {
      say(`WRONG ${work.name}: ${JSON.stringify(toFailure(error, () => undefined))} ${String(error)}`)
    }
  }
}

type Work = (vault: VaultInFolder, name: string, random: SeededRandom) => Promise<Done>

const generate: Work = async (vault, name) => {
  await vault.generate(name)
  return { kind: "keys", names: [name] }
}

const rotate: Work = async (vault) => {
  const { currentVersion: version } = await vault.ask("key.rotate", { name: "app" })
  return { kind: "version", name: "app", version }
}

/** The next step of a rotation of `steps`, whatever it is; where the grace begins, or now and then, it is undone. */
const bySteps: Work = async (vault, _, random) => {
  const [rotation] = (await vault.ask("rotation.list", {})).rotations
  if (rotation === undefined) {
    await vault.ask("rotation.start", { name: "steps" })
    return { kind: "row", action: "rotation.start" }
  }
  if (rotation.phase === "switched" || random.below(5) === 0) {
    await vault.ask("rotation.rollback", { name: "steps", reason: "a change of mind" })
    return { kind: "row", action: "rotation.rollback" }
  }
  await vault.ask("rotation.advance", { name: "steps" })
  return { kind: "row", action: "rotation.advance" }
}

const rewrap: Work = async (vault, name) => {
  await vault.ask("key.datakey", { name: "steps", register: name, wrappedOnly: true })
  await vault.ask("rotation.rewrap", { name: "steps" })
  return { kind: "row", action: "key.datakey" }
}

const importText: Work = async (vault, name) => {
  const file = new Uint8Array(readFileSync(vault.inFolder("import")))
  await vault.ask("key.import", { name, file, format: "raw", algorithm: "secret" })
  return { kind: "keys", names: [name] }
}

const group: Work = async (vault, name, random) => {
  const names = Array.from({ length: 1 + random.below(40) }, (_, index) => `${name}-${index}`)
  vault.claviger.group.begin()
  for (const each of names) await vault.generate(each)
  vault.claviger.group.commit()
  return { kind: "keys", names }
}

const rekey: Work = async (vault) => {
  await vault.ask("vault.rekey", { passphrase: passphrase(), alsoPassphrases: [], confirmed: true })
  return { kind: "row", action: "vault.rekey" }
}

const passwd: Work = async (vault) => {
  await vault.ask("vault.passwd", { newPassphrase: passphrase() })
  return { kind: "row", action: "vault.passwd" }
}

const keyring: Work = async (vault) => {
  await vault.ask("keyring.rotate", { name: "personal" })
  return { kind: "row", action: "keyring.rotate" }
}

const backup: Work = async (vault) => {
  const { keys } = await vault.ask("vault.backup", { out: vault.inFolder("backup.clvbackup"), force: true })
  return { kind: "backup", keys }
}

function say(line: string): void {
  writeSync(1, `${line}\n`)
}

await load(new VaultInFolder(folder), new SeededRandom(seed))
