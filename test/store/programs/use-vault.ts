// Uses the vault of a folder as another process would, says what came of it, and waits to be told to end, or killed.
import { once } from "node:events"
import { z } from "zod"
import { TestVault } from "../../support/vaults.ts"

const { folder, task } = z
  .object({ folder: z.string(), task: z.enum(["change", "unlock", "create"]) })
  .parse({ folder: process.env["CLAVIGER_TEST_FOLDER"], task: process.env["CLAVIGER_TEST_TASK"] })

const vault = new TestVault(folder, { actor: `process ${process.pid}` })
process.send?.(await told())
await once(process, "message")
vault.lock()
process.exit(0)

async function told(): Promise<unknown> {
  try {
    return await done()
  } catch (error) {
    return { refused: error instanceof Error ? error.message : "?", bugs: vault.bugs.map(String) }
  }
}

async function done(): Promise<unknown> {
  if (task === "create") {
    const { path } = vault
    await vault.ask("vault.create", { path, passphrase: new Uint8Array(Buffer.from("new")), kdf: "auto" })
    return { created: path }
  }
  await vault.unlock()
  if (task === "change") for (let number = 1; number <= 3; number++) await vault.generate(`key ${number}`)
  const { rows } = await vault.ask("audit.list", { limit: 1000 })
  const { keys } = await vault.ask("key.list", {})
  return { seq: rows.at(-1)?.seq, at: rows.at(-1)?.at, actions: rows.map(({ action }) => action), keys }
}
