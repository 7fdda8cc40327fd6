import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { exportPublic } from "../../main/crypto/formats/export-public-key.ts"
import { opensshFingerprint } from "../../main/crypto/formats/fingerprints.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import type { Algorithm } from "../../preload/contract/values.ts"
import { found, onlyKeyIn, passphrase, sampleKey } from "../formats/sample-keys.ts"

const kinds = [
  ["rsa-2048", ["-t", "rsa", "-b", "2048"]],
  ["rsa-3072", ["-t", "rsa", "-b", "3072"]],
  ["rsa-4096", ["-t", "rsa", "-b", "4096"]],
  ["ec-p256", ["-t", "ecdsa", "-b", "256"]],
  ["ec-p384", ["-t", "ecdsa", "-b", "384"]],
  ["ec-p521", ["-t", "ecdsa", "-b", "521"]],
  ["ed25519", ["-t", "ed25519"]],
] as const satisfies readonly (readonly [Algorithm, readonly string[]])[]

let folder = ""
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "claviger-ssh-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

function sshKeygen(...args: string[]): string {
  return execFileSync("ssh-keygen", args, { stdio: ["ignore", "pipe", "pipe"] }).toString()
}

let made = 0
function path(): string {
  made += 1
  return join(folder, `key-${made}`)
}

/** A key file as ssh takes it: readable by its owner only. */
function keyFile(content: Uint8Array): string {
  const file = path()
  writeFileSync(file, content, { mode: 0o600 })
  return file
}

interface Generated {
  readonly content: Uint8Array
  /** of the public key */
  readonly line: string
}

/** A key of ssh-keygen's, generated once for each kind: RSA is slow. */
const generated = new Map<Algorithm, Generated>()
function generatedKey(algorithm: Algorithm, options: readonly string[]): Generated {
  const known = generated.get(algorithm)
  if (known !== undefined) return known
  const file = path()
  sshKeygen("-q", ...options, "-N", "", "-C", "a comment", "-f", file)
  const key = { content: readFileSync(file), line: readFileSync(`${file}.pub`, "utf8") }
  generated.set(algorithm, key)
  return key
}

/** The same key after `ssh-keygen -p` with a new passphrase. */
function encryptedBySshKeygen(content: Uint8Array, secret: string, ...options: string[]): Uint8Array {
  const file = keyFile(content)
  sshKeygen("-q", "-p", "-P", "", "-N", secret, ...options, "-f", file)
  return readFileSync(file)
}

function publicLine(algorithm: Algorithm, publicKey: Uint8Array | null): string {
  if (publicKey === null) throw new Error("no public key")
  return Buffer.from(exportPublic({ algorithm, publicKey, comment: "a comment" }, "openssh")).toString()
}

test.for(kinds)(
  "%s: ssh-keygen's key is read; its public line and fingerprint are ours",
  async ([algorithm, options]) => {
    const { content, line } = generatedKey(algorithm, options)
    const { format, keys } = await importKeys(content, { format: "auto", passphrase: null })
    const [key] = found(keys)
    expect(format).toBe("openssh")
    expect(key).toMatchObject({ algorithm, comment: "a comment" })
    expect(publicLine(algorithm, key?.publicKey ?? null)).toBe(line)
    expect(sshKeygen("-l", "-f", keyFile(content))).toContain(
      ` ${opensshFingerprint(key?.publicKey ?? new Uint8Array())} `,
    )
  },
)

test.for(kinds)("%s: a key encrypted by ssh-keygen is read with its passphrase only", async ([algorithm, options]) => {
  const { content, line } = generatedKey(algorithm, options)
  const file = encryptedBySshKeygen(content, "pässwörd", "-a", "4")
  using right = passphrase("pässwörd")
  using wrong = passphrase("password")
  const key = await onlyKeyIn(file, right)
  expect(publicLine(algorithm, key.publicKey)).toBe(line)
  await expect(onlyKeyIn(file, wrong)).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
})

test.for(kinds)("%s: ssh-keygen reads our key, plain and encrypted", async ([algorithm]) => {
  using material = await sampleKey(algorithm)
  using secret = passphrase("pässwörd")
  const key = { algorithm, material, comment: "a comment" }
  const line = publicLine(algorithm, publicKeyOf(material.bytes))
  using plain = await exportPrivate(key, "openssh", null)
  expect(sshKeygen("-y", "-f", keyFile(plain.bytes))).toBe(line)
  using encrypted = await exportPrivate(key, "openssh-encrypted", secret)
  const file = keyFile(encrypted.bytes)
  expect(sshKeygen("-y", "-P", "pässwörd", "-f", file)).toBe(line)
  expect(() => sshKeygen("-y", "-P", "password", "-f", file)).toThrow("incorrect passphrase")
})

test.for(kinds)("%s: after ssh-keygen took the passphrase off our key it is the same key", async ([algorithm]) => {
  using material = await sampleKey(algorithm)
  using secret = passphrase("old")
  using encrypted = await exportPrivate({ algorithm, material, comment: "c" }, "openssh-encrypted", secret)
  const file = keyFile(encrypted.bytes)
  sshKeygen("-q", "-p", "-P", "old", "-N", "", "-f", file)
  expect(await onlyKeyIn(readFileSync(file))).toMatchObject({ algorithm, comment: "c", material })
})

test.for(kinds)("%s: ssh-keygen prints our public line's fingerprint as we do", async ([algorithm]) => {
  using material = await sampleKey(algorithm)
  const publicKey = publicKeyOf(material.bytes)
  const file = keyFile(exportPublic({ algorithm, publicKey, comment: null }, "openssh"))
  expect(sshKeygen("-l", "-f", file).split(" ")[1]).toBe(opensshFingerprint(publicKey))
})

test.for([
  "aes128-ctr",
  "aes192-ctr",
  "aes256-ctr",
  "aes128-cbc",
  "aes192-cbc",
  "aes256-cbc",
  "aes128-gcm@openssh.com",
  "aes256-gcm@openssh.com",
])("a key that ssh-keygen encrypted with %s is read", async (cipher) => {
  const { content, line } = generatedKey("ed25519", ["-t", "ed25519"])
  using secret = passphrase("x")
  const key = await onlyKeyIn(encryptedBySshKeygen(content, "x", "-Z", cipher, "-a", "1"), secret)
  expect(publicLine("ed25519", key.publicKey)).toBe(line)
})

test("a key of ssh-keygen's own choice of cipher and rounds is read", async () => {
  const { content } = generatedKey("ed25519", ["-t", "ed25519"])
  using secret = passphrase("x")
  const { format, keys } = await importKeys(encryptedBySshKeygen(content, "x"), { format: "auto", passphrase: secret })
  expect(format).toBe("openssh-encrypted")
  expect(keys).toMatchObject([{ algorithm: "ed25519", comment: "a comment" }])
})
