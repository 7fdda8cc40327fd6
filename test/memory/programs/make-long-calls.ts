// Lets a thread make long calls on the large vault of a TestVault in FOLDER, whose passphrase is in the file `right` there, and
// locks it: when they are done, or, with WHEN=during, while the last one goes on. Says how that one ended, and waits.
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { readPassphraseFile } from "../../../main/cli/secret-input.ts"
import { compose } from "../../../main/composition.ts"

const folder = process.env["FOLDER"] ?? ""
const path = join(folder, "test.claviger")
const claviger = compose({
  configDirectory: join(folder, "config"),
  actor: "tester",
  now: Date.now,
  reportBug: () => undefined,
})

async function passphrase(): Promise<Uint8Array> {
  return (await readPassphraseFile(join(folder, "right"), "passphrase")).bytes
}

/** @throws Error when it fails */
async function ask(name: string, input: object): Promise<void> {
  const reply = await claviger.dispatch(name, input)
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code}`)
}

async function outcomeOf(name: string, input: object): Promise<string> {
  const reply = await claviger.dispatch(name, input)
  return reply.ok ? "done" : reply.error.code
}

await ask("vault.unlock", { path, passphrase: await passphrase() })
await ask("vault.verify", {})
await ask("vault.backup", { out: join(folder, "made.clvbackup") })
await ask("vault.rekey", { passphrase: await passphrase(), alsoPassphrases: [], confirmed: true })
const last = outcomeOf("vault.compact", {})
// The thread starts in the first of these turns, and works for much longer than all of them take.
if (process.env["WHEN"] === "during") for (let turn = 0; turn < 50; turn += 1) await setImmediate()
else await last
await ask("vault.lock", {})
process.on("message", () => process.exit(0))
process.send?.(await last)
