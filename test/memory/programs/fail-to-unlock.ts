// Tries the passphrase in the file FOLDER/wrong on the vault of a TestVault there, says what came of it, and waits.
import { join } from "node:path"
import { readPassphraseFile } from "../../../main/cli/secret-input.ts"
import { compose } from "../../../main/composition.ts"

const folder = process.env["FOLDER"] ?? ""
const claviger = compose({
  configDirectory: join(folder, "config"),
  actor: "tester",
  now: Date.now,
  reportBug: () => undefined,
})
const { bytes } = await readPassphraseFile(join(folder, "wrong"), "passphrase")
const reply = await claviger.dispatch("vault.unlock", { path: join(folder, "test.claviger"), passphrase: bytes })
process.on("message", () => process.exit(0))
process.send?.(reply.ok ? "opened" : reply.error.code)
