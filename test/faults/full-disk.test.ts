import { cpSync, mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { OperationName, RequestOf } from "../../preload/contract/index.ts"
import { cannotMount, SmallDisk } from "../support/small-disk.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { furnish, VaultInFolder } from "../support/vault-in-folder.ts"
import { flawsOfLockedVault, flawsOfOpenVault } from "../support/vault-invariants.ts"
import { lowMemoryKdf, passphrase, utf8 } from "../support/vaults.ts"

const place = temporaryFolder()
const original = place.file("original")

/** A vault on a disk of its own; its anchors lie elsewhere, as a user's settings do. */
class VaultOnDisk extends VaultInFolder {
  readonly disk: SmallDisk

  constructor(size: string, name: string) {
    const disk = new SmallDisk(size)
    cpSync(original, disk.path, { recursive: true, filter: (path) => !path.endsWith("/config") })
    mkdirSync(place.file(name))
    cpSync(join(original, "config"), place.file(name), { recursive: true })
    super(disk.path, {}, place.file(name))
    this.disk = disk
  }

  override [Symbol.dispose](): void {
    this.lock()
    this.disk[Symbol.dispose]()
  }
}

beforeAll(async () => {
  mkdirSync(original)
  using vault = new VaultInFolder(original)
  await vault.ask("vault.create", { path: vault.path, passphrase: passphrase(), kdf: lowMemoryKdf })
  await vault.open()
  await furnish(vault)
  await vault.generate("mac", { algorithm: "hmac-sha256", purpose: "mac" })
  await vault.generate("wrapper", { purpose: "key-wrapping" })
  await vault.ask("key.generate", { name: "open", algorithm: "aes-256", purpose: "encryption", exportable: "yes" })
})

afterAll(() => place[Symbol.dispose]())

// Skipped where nothing can be mounted, for example in an unprivileged container.
describe.skipIf(cannotMount !== null)("on a disk that is full", () => {
  test.for(["600k", "1m", "2m"])(
    "a vault of %s takes keys until DISK_FULL, and loses none of them",
    { timeout: 120_000 },
    async (size) => {
      using vault = new VaultOnDisk(size, `fills-${size}`)
      await vault.open()
      const done: string[] = []
      for (let index = 0; ; index += 1) {
        const reply = await vault.claviger.dispatch("key.generate", {
          name: `key-${index}`,
          algorithm: "aes-256",
          purpose: "encryption",
          owner: "x".repeat(1000),
        })
        if (!reply.ok) {
          expect(reply.error.code).toBe("DISK_FULL")
          break
        }
        done.push(`key-${index}`)
      }
      const names = async () =>
        (await vault.ask("key.list", { query: "key-", limit: 10_000 })).keys.map(({ name }) => name)
      expect(done.length).toBeGreaterThan(0)
      expect(new Set(await names())).toEqual(new Set(done))
      expect((await vault.ask("vault.verify", {})).problems).toEqual([])
      vault.disk.growTo("8m")
      await vault.generate("after")
      expect(await flawsOfOpenVault(vault)).toEqual([])
      vault.lock()
      expect(await flawsOfLockedVault(vault)).toEqual([])
      await vault.open()
      expect(new Set(await names())).toEqual(new Set(done))
    },
  )

  test("what is read is read, and what can't be logged is refused: nothing leaves", async () => {
    using vault = new VaultOnDisk("2m", "uses")
    const ciphertext = new Uint8Array(readFileSync(vault.inFolder("ciphertext")))
    await vault.open()
    const { wrapped } = await vault.ask("key.datakey", { name: "wrapper" })
    const { rows } = await vault.ask("audit.list", { limit: 1000 })
    const release = vault.disk.fill()
    const reads: [OperationName, object][] = [
      ["key.list", {}],
      ["key.show", { name: "app" }],
      ["vault.info", { path: vault.path }],
      ["vault.verify", {}],
      ["audit.list", {}],
      ["audit.verify", {}],
      ["keyring.list", {}],
      ["vault.backups", {}],
    ]
    for (const [name, input] of reads)
      expect(await vault.claviger.dispatch(name, input), name).toMatchObject({ ok: true })
    const uses: [OperationName, object][] = [
      ["key.sign", { name: "signer", message: utf8("m") }],
      ["key.mac", { name: "mac", message: utf8("m") }],
      ["key.verify", { name: "signer", message: utf8("m"), signature: new Uint8Array(64) }],
      ["key.encrypt", { name: "app", plaintext: utf8("m") }],
      ["key.decrypt", { name: "app", ciphertext }],
      ["key.datakey", { name: "wrapper" }],
      ["key.datakey", { name: "wrapper", wrappedOnly: true }],
      ["key.unwrap", { name: "wrapper", wrapped: utf8(wrapped) }],
      ["key.rewrap", { name: "wrapper", wrapped: utf8(wrapped) }],
      ["key.export", { name: "signer", format: "spki-pem", protection: { kind: "public" } }],
      [
        "key.export",
        { name: "open", format: "raw", protection: { kind: "plaintext", passphrase: passphrase(), confirmed: true } },
      ],
    ]
    for (const [name, input] of uses) {
      const reply = await vault.claviger.dispatch(name, input)
      expect(reply, name).toEqual({ ok: false, error: { code: "DISK_FULL", detail: expect.any(String) } })
    }
    release()
    // None of it has happened, and none is in the log.
    expect((await vault.ask("audit.list", { limit: 1000 })).rows).toEqual(rows)
    for (const [name, input] of reads)
      expect(await vault.claviger.dispatch(name, input), name).toMatchObject({ ok: true })
    expect(await flawsOfOpenVault(vault)).toEqual([])
  })

  test("every change is refused as DISK_FULL, and works once there is space", { timeout: 120_000 }, async () => {
    using vault = new VaultOnDisk("2m", "changes")
    await vault.open()
    const release = vault.disk.fill()
    const changes: [OperationName, () => object][] = [
      ["key.generate", () => ({ name: "new", algorithm: "aes-256", purpose: "encryption" })],
      ["key.import", () => ({ name: "text", file: utf8("text"), format: "raw", algorithm: "secret" })],
      ["key.rotate", () => ({ name: "app" })],
      ["key.set", () => ({ name: "app", owner: "somebody" })],
      ["key.suspend", () => ({ name: "signer", reason: "full" })],
      ["key.destroy", () => ({ name: "doomed", reason: "full", confirmed: true })],
      ["keyring.create", () => ({ name: "another" })],
      ["keyring.rotate", () => ({ name: "personal" })],
      ["vault.slot.add", () => ({ newPassphrase: passphrase("a second one"), kdf: lowMemoryKdf })],
      ["vault.passwd", () => ({ newPassphrase: passphrase() })],
      ["audit.export", () => ({ out: vault.inFolder("log.jsonl") })],
      ["vault.backup", () => ({ out: vault.inFolder("backup.clvbackup") })],
    ]
    for (const [name, input] of changes) {
      expect(await vault.claviger.dispatch(name, input()), name).toMatchObject({
        ok: false,
        error: { code: "DISK_FULL" },
      })
    }
    release()
    expect(await flawsOfOpenVault(vault)).toEqual([])
    for (const [name, input] of changes)
      expect(await vault.claviger.dispatch(name, input()), name).toMatchObject({ ok: true })
    expect(await flawsOfOpenVault(vault)).toEqual([])
    expect(vault.bugs).toEqual([])
  })

  test("a vault that can't be opened for lack of space opens once there is some", async () => {
    using vault = new VaultOnDisk("2m", "unlocks")
    const release = vault.disk.fill()
    expect((await vault.unlockRefusal()).code).toBe("DISK_FULL")
    release()
    expect(await vault.open()).toBe(true)
    expect(await flawsOfOpenVault(vault)).toEqual([])
  })

  test("a vault that could not be made leaves nothing in the way of the next try", async () => {
    using disk = new SmallDisk("2m")
    const release = disk.fill(30_000)
    using vault = new VaultInFolder(disk.path, {}, place.file("makes"))
    const wish = (): RequestOf<"vault.create"> => ({ path: vault.path, passphrase: passphrase(), kdf: lowMemoryKdf })
    expect((await vault.refusal("vault.create", wish())).code).toBe("DISK_FULL")
    release()
    await vault.ask("vault.create", wish())
    await vault.unlock()
    expect((await vault.ask("vault.verify", {})).ok).toBe(true)
    vault.lock()
  })
})
