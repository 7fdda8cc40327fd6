import { createPrivateKey } from "node:crypto"
import type { ClavigerHome } from "../support/run-claviger.ts"
import type { BatchSession } from "./batch-session.ts"
import { mark } from "./provoked-errors.ts"

/** What a person says of a vault and its keys: no secret, but nobody's business while the vault is locked. */
export const remark = "Wn3Tb8remark"

const markedBytes = Buffer.from(mark.repeat(4)).subarray(0, 32)

/** PKCS#8 up to the seed of an Ed25519 key (RFC 8410, 10.3). */
const ed25519Start = Buffer.from("302e020100300506032b657004220420", "hex")

function markedPrivateKey(): ReturnType<typeof createPrivateKey> {
  return createPrivateKey({ key: Buffer.concat([ed25519Start, markedBytes]), format: "der", type: "pkcs8" })
}

/** Secrets as the contents of files that are imported. */
function writeSecrets(home: ClavigerHome): void {
  const pkcs8 = { type: "pkcs8", format: "pem" } as const
  const protection = { cipher: "aes-256-cbc", passphrase: `${mark}-right` }
  home.write("text", mark)
  home.write("bytes", markedBytes)
  home.write("hex", markedBytes.toString("hex"))
  home.write("pem", markedPrivateKey().export(pkcs8).toString())
  home.write(
    "protected pem",
    markedPrivateKey()
      .export({ ...pkcs8, ...protection })
      .toString(),
  )
  home.write("right passphrase", `${mark}-right\n`)
  home.write("export passphrase", `${mark}-export\n`)
}

/** Keys of several kinds with something said in every field, and secrets inside, taken in, used and let out. */
export async function fillVault(batch: BatchSession, home: ClavigerHome): Promise<void> {
  writeSecrets(home)
  const about = { owner: `${remark} owner`, environment: `${remark} environment`, tag: [`${remark} tag`] }
  const reason = `${remark} reason`
  const imported = (name: string, file: string, more: object) => ({
    cmd: "key import",
    args: { name, in: home.file(file), exportable: "yes", ...about, ...more },
  })
  await batch.ask("keyring create", { name: `${remark} keyring` })
  await batch.askAll([
    { cmd: "key generate", args: { name: "aes", algorithm: "aes-256", exportable: "yes", ...about } },
    { cmd: "key generate", args: { name: "signer", algorithm: "ed25519", exportable: "yes" } },
    { cmd: "key generate", args: { name: `${remark} name`, algorithm: "aes-256", keyring: `${remark} keyring` } },
    imported("text", "text", { format: "raw", algorithm: "secret" }),
    imported("bytes", "bytes", { format: "raw", algorithm: "aes-256" }),
    imported("hex", "hex", { format: "hex", algorithm: "hmac-sha256" }),
    imported("pem", "pem", {}),
    imported("protected pem", "protected pem", { inPassphraseFile: home.file("right passphrase") }),
    { cmd: "key encrypt", args: { name: "aes", in: home.file("text") } },
    { cmd: "key sign", args: { name: "pem", in: home.file("text") } },
    { cmd: "key mac", args: { name: "hex", in: home.file("text") } },
    { cmd: "key rotate", args: { name: "aes", reason } },
    { cmd: "key suspend", args: { name: "signer", reason } },
    { cmd: "key resume", args: { name: "signer", reason } },
    { cmd: "key list", args: { query: remark } },
  ])
  const encrypted = { format: "pkcs8-encrypted", outPassphraseFile: home.file("export passphrase") }
  await batch.ask("key export", { name: "pem", out: home.file("exported"), ...encrypted })
  await batch.ask("vault backup", { out: home.file("made.clvbackup") })
}
