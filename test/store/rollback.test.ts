import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { passphrase, TestVault } from "../support/vaults.ts"

let grown: TestVault
/** The vault's folder before the last five changes. */
let olderCopy: string

beforeAll(async () => {
  grown = await TestVault.create()
  await grown.generate("old")
  grown.lock()
  olderCopy = join(grown.folder, "older")
  cpSync(grown.path, olderCopy, { recursive: true })
  await grown.unlock()
  for (let number = 1; number <= 5; number++) await grown.generate(`new ${number}`)
  grown.lock()
})

afterAll(() => grown[Symbol.dispose]())

/** The grown vault, with the older copy put back in its place. */
function rolledBack(): TestVault {
  const vault = TestVault.copyOf(grown)
  rmSync(vault.path, { recursive: true })
  cpSync(olderCopy, vault.path, { recursive: true })
  return vault
}

function anchorFile({ configDirectory }: TestVault): string {
  const anchors = join(configDirectory, "anchors")
  const [vaultId = ""] = readdirSync(anchors)
  const [instance = ""] = readdirSync(join(anchors, vaultId))
  return join(anchors, vaultId, instance)
}

/** The records of which copy stood where. */
function placeFiles({ configDirectory }: TestVault): string[] {
  const places = join(configDirectory, "places")
  return readdirSync(places).flatMap((vaultId) =>
    readdirSync(join(places, vaultId)).map((name) => join(places, vaultId, name)),
  )
}

test("an older copy put back is refused, and stays as it is", async () => {
  using vault = rolledBack()
  const before = readFileSync(join(vault.path, "inventory.db"))
  expect(await vault.unlockRefusal()).toMatchObject({ code: "ROLLBACK_DETECTED" })
  expect(readFileSync(join(vault.path, "inventory.db")).equals(before)).toBe(true)
  expect(await vault.unlockRefusal()).toMatchObject({ code: "ROLLBACK_DETECTED" })
})

test("an older copy opens when that is accepted; the log says so, and it is not asked again", async () => {
  using vault = rolledBack()
  await vault.unlock(undefined, true)
  const { rows } = await vault.ask("audit.list", { action: "vault.unlock" })
  expect(rows.at(-1)?.detail["notes"]).toEqual(["rollback-accepted: older"])
  vault.lock()
  await vault.unlock()
  expect((await vault.ask("key.list", {})).keys.map(({ name }) => name)).toEqual(["old"])
})

test("the newer copy is refused in its turn once the older one was accepted and went its own way", async () => {
  using vault = rolledBack()
  await vault.unlock(undefined, true)
  for (let number = 1; number <= 9; number++) await vault.generate(`other ${number}`)
  vault.lock()
  rmSync(vault.path, { recursive: true })
  cpSync(grown.path, vault.path, { recursive: true })
  const { code, detail } = await vault.unlockRefusal()
  expect(code).toBe("ROLLBACK_DETECTED")
  expect(detail).toMatch(/lacks changes|differs/)
})

test("a copy as long as the present one, but with another history, is refused", async () => {
  using vault = rolledBack()
  using elsewhere = new TestVault(vault.folder, {}, join(vault.folder, "another machine"))
  await elsewhere.unlock()
  for (let number = 1; number <= 9; number++) await elsewhere.generate(`other ${number}`)
  elsewhere.lock()
  const { code, detail } = await vault.unlockRefusal()
  expect(code).toBe("ROLLBACK_DETECTED")
  expect(detail).toMatch(/differs/)
})

test("a vault that went on elsewhere, from where it was last seen here, opens", async () => {
  using vault = TestVault.copyOf(grown)
  using elsewhere = new TestVault(vault.folder, {}, join(vault.folder, "another machine"))
  await elsewhere.unlock()
  await elsewhere.generate("made elsewhere")
  elsewhere.lock()
  await vault.unlock()
  expect((await vault.ask("key.list", {})).keys).toHaveLength(7)
})

test("a drill copy put in the vault's place is refused, opens when that is accepted, and is known there from then on", async () => {
  using vault = TestVault.copyOf(grown)
  const [file, drill] = [join(vault.folder, "drill.clvbackup"), join(vault.folder, "drill.claviger")]
  await vault.unlock(undefined, true)
  await vault.ask("vault.backup", { out: file })
  vault.lock()
  await vault.ask("vault.restore", { file, to: drill, passphrase: passphrase() })
  rmSync(vault.path, { recursive: true })
  renameSync(drill, vault.path)
  const { code, detail } = await vault.unlockRefusal()
  expect([code, detail]).toEqual(["ROLLBACK_DETECTED", "a restored copy stands where another one stood before"])
  await vault.unlock(undefined, true)
  const { rows } = await vault.ask("audit.list", { action: "vault.unlock" })
  expect(rows.at(-1)?.detail["notes"]).toEqual(["rollback-accepted: another"])
  vault.lock()
  await vault.unlock()
})

test("a backup that is restored to where the vault stood opens without a question", async () => {
  using vault = TestVault.copyOf(grown)
  const file = join(vault.folder, "kept.clvbackup")
  await vault.unlock(undefined, true)
  await vault.ask("vault.backup", { out: file })
  vault.lock()
  rmSync(vault.path, { recursive: true })
  await vault.ask("vault.restore", { file, to: vault.path, passphrase: passphrase() })
  await vault.unlock()
  await vault.ask("vault.rekey", { passphrase: passphrase(), alsoPassphrases: [], confirmed: true })
  vault.lock()
  await vault.unlock()
})

test("the record of another folder does not do for this one", async () => {
  using vault = TestVault.copyOf(grown)
  await vault.unlock()
  vault.lock()
  const [places, there] = [placeFiles(vault), placeFiles(grown)]
  const here = places.find((file) => !there.some((other) => basename(other) === basename(file))) ?? ""
  cpSync(there[0] ?? "", here)
  const { code, detail } = await vault.unlockRefusal()
  expect(code).toBe("ROLLBACK_DETECTED")
  expect(detail).toMatch(/MAC/)
})

test("an anchor that was edited is no anchor: its vault is refused", async () => {
  using vault = rolledBack()
  const anchor = readFileSync(anchorFile(vault), "utf8")
  writeFileSync(anchorFile(vault), anchor.replace(/"seq":\d+/, '"seq":2'))
  const { code, detail } = await vault.unlockRefusal()
  expect(code).toBe("ROLLBACK_DETECTED")
  expect(detail).toMatch(/MAC/)
})

test.for(["", "{}", "not JSON", "\0".repeat(100)])(
  "an anchor of %j is no anchor: its vault is refused",
  async (text) => {
    using vault = TestVault.copyOf(grown)
    writeFileSync(anchorFile(vault), text)
    expect(await vault.unlockRefusal()).toMatchObject({ code: "ROLLBACK_DETECTED" })
    await vault.unlock(undefined, true)
    vault.lock()
    await vault.unlock()
  },
)

test("without an anchor, as on a new machine, the vault opens and is remembered from then on", async () => {
  using vault = rolledBack()
  rmSync(vault.configDirectory, { recursive: true })
  await vault.unlock()
  vault.lock()
  rmSync(vault.path, { recursive: true })
  cpSync(olderCopy, vault.path, { recursive: true })
  expect(await vault.unlockRefusal()).toMatchObject({ code: "ROLLBACK_DETECTED" })
})

test("a place for anchors that can't be written to keeps nobody from working", async () => {
  using vault = TestVault.copyOf(grown)
  rmSync(vault.configDirectory, { recursive: true })
  writeFileSync(vault.configDirectory, "a file where the folder should be")
  await vault.unlock()
  await vault.generate("one more")
  expect(vault.bugs).toEqual([])
})

test.runIf(process.platform === "linux")("a disk that fails at the record is no older copy", async () => {
  using vault = TestVault.copyOf(grown)
  const file = anchorFile(vault)
  renameSync(file, `${file}.aside`)
  // Reading a program's memory at address 0 fails as a broken disk does: EIO.
  symlinkSync("/proc/self/mem", file)
  expect(await vault.unlockRefusal()).toMatchObject({ code: "IO_ERROR" })
  renameSync(`${file}.aside`, file)
  await vault.unlock()
})

test.runIf(process.platform === "linux")("a pipe in the place of a record keeps nobody waiting", async () => {
  using vault = TestVault.copyOf(grown)
  const attempts = join(vault.configDirectory, "attempts")
  const [vaultId = ""] = readdirSync(join(vault.configDirectory, "anchors"))
  mkdirSync(attempts, { recursive: true })
  const anchor = anchorFile(vault)
  rmSync(anchor)
  execFileSync("mkfifo", [join(attempts, `${vaultId}.json`), anchor])
  expect(await vault.unlockRefusal()).toMatchObject({ code: "ROLLBACK_DETECTED" })
  await vault.unlock(undefined, true)
})
