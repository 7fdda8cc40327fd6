import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { exportPublic } from "../../main/crypto/formats/export-public-key.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import { processorMs } from "../support/processor-time.ts"
import { onlyKeyIn, passphrase } from "./sample-keys.ts"

const folder = new URL("../vectors/putty/", import.meta.url)
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".pub"))
  .map((name) => name.replace(".pub", ""))
const encrypted = names.filter((name) => name.includes("argon2") || name === "rsa-version-2")

function vector(name: string): Buffer {
  return readFileSync(new URL(name, folder))
}

test.for(names)("%s: the key is the one whose public line puttygen prints", async (name) => {
  using secret = passphrase("pässwörd")
  const { format, keys, warnings } = await importKeys(vector(`${name}.ppk`), { format: "auto", passphrase: secret })
  const { algorithm, publicKey, comment, purpose } = await onlyKeyIn(vector(`${name}.ppk`), secret)
  const line = exportPublic({ algorithm, publicKey: publicKey ?? new Uint8Array(), comment }, "openssh")
  expect(Buffer.from(line).toString().trim()).toBe(vector(`${name}.pub`).toString().trim())
  expect({ format, count: keys.length, purpose }).toEqual({ format: "ppk", count: 1, purpose: "ssh" })
  expect(warnings).toEqual(name === "rsa-version-2" ? [expect.stringContaining("encrypted in an old way")] : [])
})

test.for(encrypted)("%s: a wrong passphrase, and none, are told", async (name) => {
  using wrong = passphrase("password")
  await expect(onlyKeyIn(vector(`${name}.ppk`), wrong)).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
  await expect(onlyKeyIn(vector(`${name}.ppk`))).rejects.toThrow("--in-passphrase-file is needed")
})

test("all line ends are the same", async () => {
  const text = vector("ed25519.ppk").toString().replaceAll(/\r?\n/g, "\n")
  for (const each of [text, text.replaceAll("\n", "\r\n"), text.trimEnd()]) {
    expect(await onlyKeyIn(Buffer.from(each))).toMatchObject({ algorithm: "ed25519" })
  }
})

test.for([
  ["the comment", "a comment", "a kommend"],
  ["the public key", "Public-Lines: 2\n", "Public-Lines: 1\n"],
  ["the MAC", /Private-MAC: ../, "Private-MAC: 00"],
  ["the type", "User-Key-File-3: ssh-ed25519", "User-Key-File-3: ssh-rsa"],
  ["the version", "File-3", "File-2"],
  ["an end", /$/, "more"],
  ["a missing field", /Comment: .*\n/, ""],
  ["another version", "File-3", "File-1"],
  ["a huge count of lines", "Private-Lines: 1", "Private-Lines: 4294967295"],
  ["a negative count of lines", "Private-Lines: 1", "Private-Lines: -1"],
] as const)("a change of %s is refused", async ([, from, to]) => {
  const text = vector("ed25519.ppk").toString().replaceAll("\r\n", "\n")
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  await expect(onlyKeyIn(Buffer.from(changed))).rejects.toMatchObject({ code: "INVALID_INPUT" })
})

test.for([
  ["dsa", "DSA keys are not supported"],
  ["ed448", "the key's type is not supported"],
] as const)("%s is refused with the reason", async ([name, reason]) => {
  await expect(onlyKeyIn(vector(`${name}.ppk`))).rejects.toThrow(reason)
})

test.for([
  ["memory", "Argon2-Memory: 64", "Argon2-Memory: 2147483648"],
  ["passes", "Argon2-Passes: 1", "Argon2-Passes: 4294967295"],
  ["lanes", "Argon2-Parallelism: 1", "Argon2-Parallelism: 17"],
  ["no memory", "Argon2-Memory: 64", "Argon2-Memory: 0"],
  ["no pass", "Argon2-Passes: 1", "Argon2-Passes: 0"],
  ["no lane", "Argon2-Parallelism: 1", "Argon2-Parallelism: 0"],
  ["a salt of one byte", /Argon2-Salt: .*\n/, "Argon2-Salt: 00\n"],
  ["another derivation", "Argon2id", "constructor"],
  ["a number in another form", "Argon2-Memory: 64", "Argon2-Memory: 0x40"],
] as const)("Argon2 with too much, or nothing, of %s is refused at once", async ([, from, to]) => {
  using secret = passphrase("pässwörd")
  const text = vector("ed25519-argon2id.ppk").toString().replaceAll("\r\n", "\n")
  const start = processorMs()
  await expect(onlyKeyIn(Buffer.from(text.replace(from, to)), secret)).rejects.toMatchObject({ code: "INVALID_INPUT" })
  expect(processorMs() - start).toBeLessThan(2000)
})
