import { readdirSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { z } from "zod"
import type { VaultInFolder } from "./vault-in-folder.ts"
import { decryptedText, encryptedText, firstPassphrase, importedText, secondPassphrase } from "./vault-in-folder.ts"
import { editDatabase, internalsOf } from "./vault-internals.ts"

/** What may never be readable in a file: contents, names, passphrases. */
const markers = [importedText, encryptedText, firstPassphrase, secondPassphrase, "signer", "doomed"]

/** Files that a test put there itself, and that Claviger only reads. */
const inputs = ["import", "ciphertext"]
/** A log is exported to be read. */
const readable = /^log\.jsonl$|\.jsonl\.partial$/

/** Everything that is wrong in an open vault: `[]` when nothing is. */
export async function flawsOfOpenVault(vault: VaultInFolder): Promise<string[]> {
  const { ok, problems } = await vault.ask("vault.verify", {})
  const log = await vault.ask("audit.verify", {})
  const { counts } = await vault.ask("vault.info", { path: vault.path })
  const { keys } = await vault.ask("key.list", { limit: 10_000 })
  const { rotations } = await vault.ask("rotation.list", {})
  const flaws = problems.map(({ rule, message }) => `${rule}: ${message}`)
  if (!ok) flaws.push("vault verify says no")
  if (!log.ok) flaws.push(`the log: row ${log.firstBad} ${log.reason}`)
  if (log.rows !== counts?.auditRows) flaws.push("the log has other rows than are counted")
  for (const { name, state, currentVersion, versions } of keys) {
    const active = versions.filter((version) => version.state === "active").map(({ version }) => version)
    const rotation = rotations.find((each) => each.name === name && each.phase === "switched")
    const stillOpen = rotation === undefined ? [] : [rotation.fromVersion]
    const expected = state === "active" ? [...stillOpen, currentVersion] : []
    if (String(active) !== String(expected)) flaws.push(`${name} is ${state}, its versions ${active} are active`)
  }
  if (keys.some(({ name }) => name === "app") && (await decryptedText(vault)) !== encryptedText) {
    flaws.push("what was encrypted decrypts to something else")
  }
  return flaws
}

const Counts = z.object({
  living: z.int(),
  deks: z.int(),
  materials: z.int(),
  keks: z.int(),
  keyrings: z.int(),
  operations: z.int(),
})

/** Everything that is wrong in a vault that is locked: what lies about in its tables, and beside its files. */
export async function flawsOfLockedVault(vault: VaultInFolder): Promise<string[]> {
  const flaws: string[] = []
  const files = readdirSync(vault.path).sort()
  const expected = ["inventory.db", "vault.json", "vault.json.2"]
  if (String(files) !== String(expected)) flaws.push(`the vault's folder holds ${files}`)
  const internals = await internalsOf(vault.path, vault.openedWith ?? undefined)
  const counts = Counts.parse(
    editDatabase(internals, (db) =>
      db
        .prepare(
          `SELECT (SELECT count(*) FROM key_versions WHERE state <> 'destroyed') AS living,
             (SELECT count(*) FROM deks) AS deks, (SELECT count(*) FROM materials) AS materials,
             (SELECT count(*) FROM keyring_keks) AS keks, (SELECT count(*) FROM keyrings) AS keyrings,
             (SELECT count(*) FROM operations) AS operations`,
        )
        .get(),
    ),
  )
  const { living, deks, materials, keks, keyrings, operations } = counts
  if (deks !== living || materials !== living)
    flaws.push(`${living} living versions, ${deks} DEKs, ${materials} materials`)
  if (keks !== keyrings) flaws.push(`${keyrings} keyrings, ${keks} KEKs`)
  if (operations > 0) flaws.push(`${operations} operations were not finished`)
  return flaws
}

const filesOfOpenVault = [
  "inventory.db",
  "inventory.db-shm",
  "inventory.db-wal",
  "vault.json",
  "vault.json.2",
  "vault.lock",
]

/** What lies in the folder of an open vault and is no part of it, or unfinished beside it: left over from a program that was killed. */
export function strangersIn(vault: VaultInFolder): string[] {
  const within = readdirSync(vault.path).filter((name) => !filesOfOpenVault.includes(name))
  const beside = readdirSync(vault.folder).filter((name) => /[.]partial|^claviger-drill/.test(name))
  return [...within, ...beside].map((name) => `${name} is left over`)
}

/** Files in which something can be read that is a secret. */
export function readableSecrets(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !inputs.includes(entry.name))
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      const bytes = readFileSync(path)
      const isReadable = readable.test(basename(path))
      const found = markers.filter(
        (marker) => bytes.includes(marker) && !(isReadable && ["signer", "doomed"].includes(marker)),
      )
      return found.map((marker) => `${path} holds ${marker}`)
    })
}
