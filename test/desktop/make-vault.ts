// Makes a vault for the app to open: node make-vault.ts HOME < steps.json. In a process of its own, which holds the vault's lock.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { compose } from "../../main/composition.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { lowMemoryKdf } from "../support/vaults.ts"
import type { VaultPlan } from "./vault-plan.ts"

const [home = ""] = process.argv.slice(2)
const plan: VaultPlan = JSON.parse(readFileSync(0, "utf8"))
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text))

let now = Date.now() - (plan.startedDaysAgo ?? 0) * 86_400_000
const claviger = compose({
  configDirectory: join(home, "config"),
  actor: "app:demo",
  now: () => now,
  reportBug: (_, error) => {
    throw error
  },
})

async function ask(name: string, input: object): Promise<void> {
  const reply = await claviger.dispatch(name, input)
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.detail ?? ""}`)
}

const path = join(home, "default.claviger")
const credential = () => ({ path, passphrase: bytes(plan.passphrase) })
await ask("vault.create", { ...credential(), kdf: lowMemoryKdf, label: plan.label })
await ask("vault.unlock", credential())
claviger.group.begin()
for (const [name, input] of plan.steps) {
  if (name === "wait") now += Number(input["days"]) * 86_400_000
  else await ask(name, input)
}
for (let index = 1; index <= (plan.manyKeys ?? 0); index += 1) {
  await ask("key.generate", { name: `key-${String(index).padStart(6, "0")}`, algorithm: "aes-256" })
}
claviger.group.commit()
claviger.close()
const { edit } = plan
if (edit !== undefined) editDatabase(await internalsOf(path, plan.passphrase), (db) => db.exec(edit))
