import { afterEach, beforeEach, expect, test } from "vitest"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

// The example of the age specification.
const identity = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
const recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
  await vault.ask("key.import", { name: "mail", file: utf8(identity), exportable: "yes" })
})

afterEach(() => vault[Symbol.dispose]())

const age = { name: "mail", format: "age" } as const

test("an age identity is a key for encryption", async () => {
  const key = await vault.ask("key.show", { name: "mail" })
  expect(key).toMatchObject({ algorithm: "x25519", purpose: "encryption", usages: ["encrypt", "decrypt"] })
})

test("its recipient leaves as a public key", async () => {
  const { exported } = await vault.ask("key.export", { ...age, protection: { kind: "public" } })
  expect(Buffer.from(exported).toString()).toBe(`${recipient}\n`)
})

test("it leaves in the clear, and says whose it is", async () => {
  const protection = { kind: "plaintext", passphrase: passphrase(), confirmed: true } as const
  const { exported } = await vault.ask("key.export", { ...age, protection })
  expect(Buffer.from(exported).toString()).toBe(`# mail\n# public key: ${recipient}\n${identity}\n`)
})

test("it leaves under a passphrase, and comes back with it", async () => {
  const protection = { kind: "encrypted", passphrase: passphrase("of the file") } as const
  const { exported: file } = await vault.ask("key.export", { ...age, protection })
  expect(Buffer.from(file).toString()).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/)
  await vault.ask("key.destroy", { name: "mail", reason: "x", confirmed: true })
  const filePassphrase = passphrase("of the file")
  const { format, keys } = await vault.ask("key.import", { name: "again", file, filePassphrase })
  expect({ format, keys }).toMatchObject({ format: "age", keys: [{ ok: true, key: { purpose: "encryption" } }] })
})
