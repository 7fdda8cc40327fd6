import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { exportPublic } from "../../main/crypto/formats/export-public-key.ts"
import { onlyKeyIn, passphrase, sampleKey } from "../formats/sample-keys.ts"
import { isThere, run } from "./program.ts"

let folder = ""
let made = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "claviger-putty-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(content: Uint8Array | string = ""): string {
  made += 1
  const file = join(folder, `file-${made}`)
  writeFileSync(file, content, { mode: 0o600 })
  return file
}

const isMissing = !isThere("puttygen")
const nobody = "/dev/null"

const types = [
  ["rsa-2048", ["-t", "rsa", "-b", "2048"]],
  ["ec-p256", ["-t", "ecdsa", "-b", "256"]],
  ["ec-p384", ["-t", "ecdsa", "-b", "384"]],
  ["ec-p521", ["-t", "ecdsa", "-b", "521"]],
  ["ed25519", ["-t", "ed25519"]],
] as const

const ways = [
  ["version 3, open", [], null],
  ["version 3, Argon2id", [], "pässwörd"],
  ["version 3, Argon2i", ["--ppk-param", "kdf=argon2i,memory=1024,passes=3,parallelism=2"], "pässwörd"],
  ["version 3, Argon2d", ["--ppk-param", "kdf=argon2d,memory=1024,passes=3"], "pässwörd"],
  ["version 2, open", ["--ppk-param", "version=2"], null],
  ["version 2, encrypted", ["--ppk-param", "version=2"], "pässwörd"],
] as const

test.skipIf(isMissing).for(types)(
  "%s: we read what puttygen writes, in each of its forms",
  async ([algorithm, type]) => {
    for (const [, options, secret] of ways) {
      const file = fileOf()
      const password = secret === null ? nobody : fileOf(secret)
      run("puttygen", [...type, "--new-passphrase", password, "-C", "a comment", "-o", file, ...options])
      using owned = passphrase(secret ?? "not asked for")
      const key = await onlyKeyIn(readFileSync(file), owned)
      expect(key).toMatchObject({ algorithm, comment: "a comment" })
      const line = exportPublic(
        { algorithm, publicKey: key.publicKey ?? new Uint8Array(), comment: "a comment" },
        "openssh",
      )
      const expected = run("puttygen", [file, "--old-passphrase", password, "-O", "public-openssh"])
      expect(Buffer.from(line).toString()).toBe(expected.toString())
    }
  },
)

test.skipIf(isMissing).for(types)("%s: our OpenSSH key goes through puttygen and back", async ([algorithm]) => {
  using material = await sampleKey(algorithm)
  using openssh = await exportPrivate({ algorithm, material, comment: "a comment" }, "openssh", null)
  const file = fileOf()
  run("puttygen", [
    fileOf(openssh.bytes),
    "--old-passphrase",
    nobody,
    "--new-passphrase",
    nobody,
    "-O",
    "private",
    "-o",
    file,
  ])
  expect(await onlyKeyIn(readFileSync(file))).toMatchObject({ algorithm, comment: "a comment", material })
})

test.skipIf(isMissing)("Ed25519 keys of every look are read: some end in zeros, which PuTTY leaves out", async () => {
  using secret = passphrase("not asked for")
  for (const last of [0, 1, 0x7f, 0x80, 0xff]) {
    const seed = new Uint8Array(32).fill(0x55)
    seed[31] = last
    const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed])
    const { material } = await onlyKeyIn(pkcs8)
    using openssh = await exportPrivate({ algorithm: "ed25519", material, comment: null }, "openssh", null)
    const file = fileOf()
    run("puttygen", [
      fileOf(openssh.bytes),
      "--old-passphrase",
      nobody,
      "--new-passphrase",
      nobody,
      "-O",
      "private",
      "-o",
      file,
    ])
    expect((await onlyKeyIn(readFileSync(file), secret)).material).toEqual(material)
  }
})
