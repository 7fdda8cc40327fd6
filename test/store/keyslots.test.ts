import { afterEach, beforeEach, expect, test } from "vitest"
import { lowMemoryKdf, passphrase, TestVault } from "../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create({ recovery: { threshold: 2, count: 3 } })
  await vault.generate("a key")
})

afterEach(() => vault[Symbol.dispose]())

async function kinds(): Promise<string[]> {
  return (await vault.ask("vault.slot.list", {})).keyslots.map(({ kind }) => kind)
}

const sharesOf = (...numbers: number[]) =>
  numbers.flatMap((number) => {
    const share = vault.shares[number]
    return share === undefined ? [] : [new Uint8Array(share)]
  })

test("a second passphrase opens the vault until its keyslot is removed", async () => {
  const { slot } = await vault.ask("vault.slot.add", { newPassphrase: passphrase("second"), label: "spare" })
  expect(slot).toMatchObject({ kind: "passphrase", label: "spare" })
  vault.lock()
  await vault.unlock("second")
  await vault.ask("vault.slot.remove", { id: slot.id, confirmed: true })
  vault.lock()
  expect(await vault.unlockRefusal("second")).toMatchObject({ code: "WRONG_PASSPHRASE" })
  await vault.unlock()
})

test("a keyslot is removed only when that is confirmed, and only when it is there", async () => {
  const { keyslots } = await vault.ask("vault.slot.list", {})
  const id = keyslots[1]?.id ?? ""
  expect(await vault.refusal("vault.slot.remove", { id, confirmed: false })).toMatchObject({
    code: "CONFIRMATION_REQUIRED",
  })
  const other = { id: crypto.randomUUID(), confirmed: true }
  expect(await vault.refusal("vault.slot.remove", other)).toMatchObject({ code: "NOT_FOUND" })
  expect(await kinds()).toEqual(["passphrase", "recovery"])
})

test("the last passphrase's keyslot can't be removed, and the attempt is logged", async () => {
  const { keyslots } = await vault.ask("vault.slot.list", {})
  const id = keyslots[0]?.id ?? ""
  const { code, detail } = await vault.refusal("vault.slot.remove", { id, confirmed: true })
  expect(code).toBe("POLICY_DENIED")
  expect(detail).toMatch(/last-keyslot/)
  expect((await vault.ask("audit.list", { action: "vault.slot.remove" })).rows).toMatchObject([{ outcome: "denied" }])
})

test("the recovery keyslot can be removed; its shares then open nothing", async () => {
  const { keyslots } = await vault.ask("vault.slot.list", {})
  await vault.ask("vault.slot.remove", { id: keyslots[1]?.id ?? "", confirmed: true })
  vault.lock()
  const unlocking = { path: vault.path, shares: sharesOf(0, 1) }
  expect(await vault.refusal("vault.unlock", unlocking)).toMatchObject({ code: "WRONG_SHARES" })
})

test.for([
  [0, 1],
  [0, 2],
  [1, 2],
  [2, 0],
  [0, 1, 2],
])("recovery shares %o open the vault", async (numbers) => {
  vault.lock()
  await vault.ask("vault.unlock", { path: vault.path, shares: sharesOf(...numbers) })
  expect((await vault.ask("key.list", {})).keys).toHaveLength(1)
})

test.for([[0], [1, 1]])("recovery shares %o open nothing", async (numbers) => {
  vault.lock()
  const unlocking = { path: vault.path, shares: sharesOf(...numbers) }
  expect(await vault.refusal("vault.unlock", unlocking)).toMatchObject({ code: "WRONG_SHARES" })
  expect(vault.bugs).toEqual([])
})

test("recovery shares of another vault open nothing", async () => {
  using other = await TestVault.create({ recovery: { threshold: 2, count: 3 } })
  vault.lock()
  const shares = other.shares.map((share) => new Uint8Array(share))
  expect(await vault.refusal("vault.unlock", { path: vault.path, shares })).toMatchObject({ code: "WRONG_SHARES" })
})

test("shares set a new passphrase in place of the forgotten one, and the log says so", async () => {
  vault.lock()
  await vault.ask("vault.recover", { path: vault.path, shares: sharesOf(1, 2), newPassphrase: passphrase("new") })
  expect(await vault.unlockRefusal()).toMatchObject({ code: "WRONG_PASSPHRASE" })
  await vault.unlock("new")
  expect(await kinds()).toEqual(["passphrase", "recovery"])
  expect((await vault.ask("audit.list", { action: "vault.recover" })).rows).toHaveLength(1)
})

test("shares add a passphrase where it can't be told whose was forgotten", async () => {
  await vault.ask("vault.slot.add", { newPassphrase: passphrase("ann's"), kdf: lowMemoryKdf })
  vault.lock()
  await vault.ask("vault.recover", { path: vault.path, shares: sharesOf(1, 2), newPassphrase: passphrase("new") })
  for (const text of ["new", "ann's", undefined]) {
    await vault.unlock(text)
    vault.lock()
  }
})

test("too few shares set no passphrase", async () => {
  vault.lock()
  const recovering = { path: vault.path, shares: sharesOf(1), newPassphrase: passphrase("new") }
  expect(await vault.refusal("vault.recover", recovering)).toMatchObject({ code: "WRONG_SHARES" })
  await vault.unlock()
})

test("new recovery shares are handed out once, and open the vault beside the old ones", async () => {
  const { recoveryShares = [] } = await vault.ask("vault.slot.add", {
    recovery: { threshold: 1 + 1, count: 2 },
    label: "safe",
  })
  expect(recoveryShares).toHaveLength(2)
  vault.lock()
  await vault.ask("vault.unlock", { path: vault.path, shares: recoveryShares })
  vault.lock()
  await vault.ask("vault.unlock", { path: vault.path, shares: sharesOf(0, 1) })
})

test("a passphrase is any bytes: empty ones and over-long ones are refused", async () => {
  for (const size of [0, 1025]) {
    const newPassphrase = new Uint8Array(size)
    expect(await vault.refusal("vault.passwd", { newPassphrase })).toMatchObject({ code: "INVALID_INPUT" })
  }
  const bytes = () => new Uint8Array([0, 255, 0, 10, 13])
  await vault.ask("vault.passwd", { newPassphrase: bytes() })
  vault.lock()
  await vault.ask("vault.unlock", { path: vault.path, passphrase: bytes() })
})

test("wrong passphrases slow the next try, are told to who opens it, and shut nobody out", async () => {
  vault.lock()
  // What a try takes is not waited for again.
  vault.at = Date.now()
  for (let tries = 0; tries < 4; tries++) await vault.unlockRefusal("wrong")
  const start = performance.now()
  expect(await vault.unlock()).toMatchObject({ failedAttempts: 4 })
  expect(performance.now() - start).toBeGreaterThan(195)
  const { rows } = await vault.ask("audit.list", { action: "vault.unlock" })
  expect(rows.at(-1)?.detail["failedAttempts"]).toBe(4)
  vault.lock()
  expect(await vault.unlock()).toMatchObject({ failedAttempts: 0 })
})

test("a keyslot of a kind that is not known here is kept and skipped", async () => {
  const { internalsOf, forgeHeader } = await import("../support/vault-internals.ts")
  vault.lock()
  const internals = await internalsOf(vault.path)
  const foreign = {
    id: crypto.randomUUID(),
    kind: "quorum",
    uri: "pkcs11:token=x",
    nested: { anything: [1, "x", null] },
  }
  forgeHeader(internals, { keyslots: [foreign, ...internals.header.keyslots] })
  await vault.unlock()
  await vault.ask("vault.passwd", { newPassphrase: passphrase("new") })
  expect(await kinds()).toEqual(["quorum", "passphrase", "recovery"])
  vault.lock()
  expect((await internalsOf(vault.path, "new")).header.keyslots[0]).toEqual(foreign)
})
