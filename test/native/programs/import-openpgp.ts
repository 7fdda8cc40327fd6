// Imports the locked OpenPGP key of the folder that it is told, with a wrong passphrase and with the right one, writes it
// again, wipes everything that it owns, and waits to be scanned.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { importKeys } from "../../../main/crypto/formats/import-key.ts"
import { writeOpenpgp } from "../../../main/crypto/formats/openpgp/write-openpgp.ts"
import { Secret } from "../../../main/domain/secret.ts"
import { collectGarbage } from "../../../main/platform/garbage.ts"

function contentOf(folder: string, name: string): Secret {
  const content = readFileSync(join(folder, name))
  const secret = Secret.copyOf(content)
  content.fill(0)
  return secret
}

async function importAndExport(folder: string): Promise<number> {
  using passphrase = contentOf(folder, "passphrase")
  using wrong = new Secret(new Uint8Array(Buffer.from("another passphrase")))
  const file = readFileSync(join(folder, "key"))
  await importKeys(file, { format: "auto", passphrase: wrong }).catch(() => undefined)
  const { keys } = await importKeys(file, { format: "auto", passphrase })
  const createdAt = new Date(0).toISOString()
  const found = keys.flatMap((key) => ("material" in key ? [{ ...key, createdAt }] : []))
  const written = await writeOpenpgp({ keys: found, passphrase })
  const open = await writeOpenpgp({ keys: found, passphrase: null })
  for (const secret of [written.file, open.file, ...found.map(({ material }) => material)]) secret[Symbol.dispose]()
  return found.length
}

process.on("message", async (folder: string) => {
  const found = await importAndExport(folder)
  collectGarbage()
  collectGarbage()
  process.send?.(found)
})
process.send?.("ready")
