import { execFileSync, spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import type { ImportedKey } from "../../main/crypto/formats/imported-key.ts"
import { publicOpenpgp, writeOpenpgp } from "../../main/crypto/formats/openpgp/write-openpgp.ts"
import { dearmoured } from "../formats/openpgp-files.ts"
import { found, passphrase, sampleKey } from "../formats/sample-keys.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"

const driver = join(import.meta.dirname, "..", "support", "on-a-terminal.py")
const secretText = "pässwörd"

let folder: ReturnType<typeof temporaryFolder>
beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => folder[Symbol.dispose]())

function sq(...args: string[]): Buffer {
  return execFileSync("sq", args, { stdio: ["ignore", "pipe", "pipe"] })
}

/** sq asks for passwords on its terminal only. */
function sqOnTerminal(args: readonly string[], steps: readonly (readonly [string, string])[]): void {
  const command = ["/usr/bin/env", "sq", ...args]
  const { stdout } = spawnSync("python3", [driver], { input: JSON.stringify({ command, steps }) })
  const { status, seen }: { status: number; seen: string } = JSON.parse(stdout.toString())
  if (status !== 0) throw new Error(`sq ${args.join(" ")}: ${seen}`)
}

let made = 0
function path(content?: Uint8Array | string): string {
  made += 1
  const file = folder.file(`file-${made}`)
  if (content !== undefined) writeFileSync(file, content)
  return file
}

async function keysIn(file: Uint8Array, secret: string | null = null): Promise<ImportedKey[]> {
  using owned = secret === null ? null : passphrase(secret)
  return found((await importKeys(file, { format: "openpgp", passphrase: owned })).keys)
}

function kept(keys: readonly ImportedKey[]) {
  return keys.map((key) => ({ ...key, createdAt: "2030-01-01T00:00:00Z" }))
}

/** The fingerprints of a file, primary key first, as sq finds them. */
function fingerprints(file: string): string[] {
  return [
    ...sq("inspect", file)
      .toString()
      .matchAll(/(?:Fingerprint|Subkey): ([0-9A-F]{40})/g),
  ].map(([, found = ""]) => found)
}

const generate = ["key", "generate", "--userid", "Ann <ann@example.org>", "--userid", "Ann Second"]

test.for([
  ["cv25519", "ed25519", "x25519", "key-agreement"],
  ["rsa3k", "rsa-3072", "rsa-3072", "encryption"],
] as const)(
  "%s: sq's key is read with its subkeys and user ids, and goes back",
  async ([suite, signing, encrypting, purpose]) => {
    const file = path()
    sq(...generate, "--cipher-suite", suite, "--export", file)
    const keys = await keysIn(readFileSync(file))
    expect(keys).toHaveLength(4)
    expect(keys).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ algorithm: signing, purpose: "signature" }),
        expect.objectContaining({ algorithm: signing, purpose: "authentication" }),
        expect.objectContaining({ algorithm: encrypting, purpose }),
      ]),
    )
    expect(keys.map(({ attachments }) => attachments[0]?.fingerprint)).toEqual(fingerprints(file))
    const certificate = path()
    sq("key", "extract-cert", "--output", certificate, file)
    const [key = missing()] = kept(keys)
    expect(dearmoured((await publicOpenpgp(key)).file)).toEqual(dearmoured(readFileSync(certificate)))
    const back = await writeOpenpgp({ keys: kept(keys), passphrase: null })
    expect(dearmoured(back.file.bytes)).toEqual(dearmoured(readFileSync(file)))
  },
)

function missing(): never {
  throw new Error("no such key")
}

test("a key that sq locked opens with its password only, and what we lock opens in sq", async () => {
  const file = path()
  const repeated = [
    ["password", `${secretText}\n`],
    ["epeat", `${secretText}\n`],
  ] as const
  sqOnTerminal([...generate, "--with-password", "--export", file], repeated)
  const keys = await keysIn(readFileSync(file), secretText)
  await expect(keysIn(readFileSync(file), "password")).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
  using owned = passphrase(secretText)
  const locked = path((await writeOpenpgp({ keys: kept(keys), passphrase: owned })).file.bytes)
  const opened = path()
  sqOnTerminal(["key", "password", "--clear", "--output", opened, locked], [["assword", `${secretText}\n`]])
  expect(await keysIn(readFileSync(opened))).toEqual(keys)
})

test("sq signs and decrypts with keys that we wrote", async () => {
  const file = path()
  sq(...generate, "--export", file)
  const back = path((await writeOpenpgp({ keys: kept(await keysIn(readFileSync(file))), passphrase: null })).file.bytes)
  const [message, signed, sealed] = [path("a letter"), path(), path()]
  sq("sign", "--signer-key", back, "--output", signed, message)
  expect(sq("verify", "--signer-cert", file, signed).toString()).toBe("a letter")
  sq("encrypt", "--recipient-cert", file, "--output", sealed, message)
  expect(sq("decrypt", "--recipient-key", back, sealed).toString()).toBe("a letter")
})

test.for(["ed25519", "rsa-2048", "ec-p256", "ec-p384", "ec-p521"] as const)(
  "%s: sq takes a key that gets its certificate here, and signs with it",
  async (algorithm) => {
    using material = await sampleKey(algorithm)
    const fields = { attachments: [], createdAt: "2024-05-06T07:08:09Z", comment: "Ann", purpose: null }
    const { file, attachments } = await writeOpenpgp({ keys: [{ ...fields, algorithm, material }], passphrase: null })
    const key = path(file.bytes)
    expect(fingerprints(key)).toEqual(attachments.map(({ fingerprint }) => fingerprint))
    const [message, signed] = [path("a letter"), path()]
    sq("sign", "--signer-key", key, "--output", signed, message)
    const certificate = path((await publicOpenpgp({ ...fields, algorithm, material, attachments })).file)
    expect(sq("verify", "--signer-cert", certificate, signed).toString()).toBe("a letter")
  },
)
