import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { TestVault } from "../support/vaults.ts"
import { GpgHome } from "./gpg-home.ts"

let vault: TestVault

beforeAll(async () => {
  vault = await TestVault.create()
})

afterAll(() => vault[Symbol.dispose]())

function ssh(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync("ssh-keygen", args)
  return { status, said: `${stdout}${stderr}` }
}

let files = 0

/** Writes bytes into a file of their own. */
function file(content: Uint8Array): string {
  files += 1
  const path = join(vault.folder, `file-${files}`)
  writeFileSync(path, content)
  return path
}

async function publicHalf(name: string, format: "openssh" | "openpgp", version?: number): Promise<Uint8Array> {
  const { exported } = await vault.ask("key.export", { name, format, version, protection: { kind: "public" } })
  return exported
}

const reason = "laptop stolen"

test.for(["ed25519", "ec-p256", "ec-p384", "rsa-3072"] as const)(
  "ssh-keygen finds a compromised %s key in our list, and no other, as sshd does",
  async (algorithm) => {
    const name = `ssh ${algorithm}`
    await vault.ask("key.generate", { name, algorithm, purpose: "ssh" })
    await vault.ask("key.compromise", { name, reason })
    await vault.ask("key.rotate", { name })
    const { revocation, versions } = await vault.ask("key.revocation", { name, format: "openssh-krl" })
    expect(versions).toEqual([1])
    const list = file(revocation)
    const revoked = ssh("-Q", "-f", list, file(await publicHalf(name, "openssh", 1)))
    const good = ssh("-Q", "-f", list, file(await publicHalf(name, "openssh", 2)))
    expect(revoked).toMatchObject({ status: 1, said: expect.stringContaining("REVOKED") })
    expect(good).toMatchObject({ status: 0, said: expect.stringContaining("ok") })
    expect(ssh("-Q", "-l", "-f", list).said).toContain("made by Claviger")
  },
)

test("ssh-keygen makes a list of its own of our lines, and finds all compromised versions in it", async () => {
  const name = "several"
  await vault.ask("key.generate", { name, algorithm: "ed25519", purpose: "ssh" })
  await vault.ask("key.rotate", { name })
  await vault.ask("key.compromise", { name, reason })
  const { revocation, versions } = await vault.ask("key.revocation", { name, format: "openssh" })
  expect(versions).toEqual([1, 2])
  const list = join(vault.folder, "own.krl")
  expect(ssh("-k", "-f", list, file(revocation)).status).toBe(0)
  for (const version of versions) {
    expect(ssh("-Q", "-f", list, file(await publicHalf(name, "openssh", version))).said).toContain("REVOKED")
  }
})

test.for(["ed25519", "ec-p256", "ec-p521", "rsa-3072"] as const)(
  "gpg takes our revocation of a %s key, and trusts it no more",
  async (algorithm) => {
    using home = new GpgHome()
    const name = `pgp ${algorithm}`
    await vault.ask("key.generate", { name, algorithm, purpose: "signature" })
    home.run(["--import"], await publicHalf(name, "openpgp"))
    expect(home.run(["--list-keys", "--with-colons"]).toString()).not.toMatch(/^pub:r:/m)
    await vault.ask("key.compromise", { name, reason })
    const { revocation } = await vault.ask("key.revocation", { name, format: "openpgp" })
    home.run(["--import"], revocation)
    expect(home.run(["--list-keys", "--with-colons"]).toString()).toMatch(/^pub:r:/m)
    expect(home.said(["--verbose", "--import-options", "show-only", "--import"], revocation)).not.toContain("BAD")
  },
)

test("nothing is revoked that is not compromised", async () => {
  await vault.ask("key.generate", { name: "good", algorithm: "ed25519", purpose: "ssh" })
  const refused = await vault.refusal("key.revocation", { name: "good", format: "openssh" })
  expect(refused).toMatchObject({ code: "STATE_DENIED" })
})

test("a key that has no public half has no revocation", async () => {
  await vault.generate("secret")
  await vault.ask("key.compromise", { name: "secret", reason })
  const refused = await vault.refusal("key.revocation", { name: "secret", format: "openssh" })
  expect(refused).toMatchObject({ code: "INVALID_INPUT" })
})

test("an authority is told which certificate to revoke, as openssl knows it, why, and since when; not of those above it", async () => {
  const chain = readFileSync(join(import.meta.dirname, "../vectors/pkcs12/chain.p12"))
  const filePassphrase = new Uint8Array(Buffer.from("pässwörd"))
  await vault.ask("key.import", { name: "server", file: new Uint8Array(chain), filePassphrase })
  await vault.ask("key.compromise", { name: "server", reason, since: "2026-02-01T00:00:00.000Z" })
  const { revocation } = await vault.ask("key.revocation", { name: "server", format: "x509" })
  const { certificates } = JSON.parse(Buffer.from(revocation).toString())
  expect(certificates).toMatchObject([
    { version: 1, reason: "keyCompromise", reasonCode: 1, invalidityDate: "2026-02-01T00:00:00.000Z" },
  ])
  const pem = file(new Uint8Array(Buffer.from(certificates[0].certificate)))
  const serial = spawnSync("openssl", ["x509", "-in", pem, "-noout", "-serial"]).stdout.toString()
  expect(serial.trim().toLowerCase()).toBe(`serial=${certificates[0].serial}`)
  await vault.generate("plain")
  await vault.ask("key.compromise", { name: "plain", reason })
  expect(await vault.refusal("key.revocation", { name: "plain", format: "x509" })).toMatchObject({
    code: "INVALID_INPUT",
    detail: "plain has no X.509 certificate",
  })
})
