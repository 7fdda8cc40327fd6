import { existsSync } from "node:fs"
import { expect, test } from "vitest"
import { type ReauthenticatedName, reauthenticated } from "../../preload/contract/reauthentication.ts"
import { lowMemoryKdf, passphrase, TestVault, utf8 } from "../support/vaults.ts"
import { windowDoorOf } from "../support/window-door.ts"

type Request = Readonly<Record<string, unknown>>

/** A request for each on the list that would be done, but for the passphrase. */
async function requestsFor(vault: TestVault): Promise<Record<ReauthenticatedName, () => Request>> {
  await vault.ask("key.generate", { name: "token", algorithm: "secret", purpose: "secret", exportable: "yes" })
  await vault.ask("key.generate", { name: "mail", algorithm: "ec-p256", purpose: "signature", exportable: "wrapped" })
  await vault.ask("seed.generate", { name: "savings", words: 12 })
  const { slot } = await vault.ask("vault.slot.add", { newPassphrase: utf8("another one") })
  const encrypted = () => ({ kind: "encrypted", passphrase: utf8("of the file") })
  return {
    "vault.kdf": () => ({ kdf: lowMemoryKdf }),
    "vault.passwd": () => ({ newPassphrase: utf8("correct horse battery staple") }),
    "vault.slot.add": () => ({ recovery: { threshold: 2, count: 3 } }),
    "vault.slot.remove": () => ({ id: slot.id, confirmed: true }),
    "audit.export": () => ({ out: `${vault.folder}/out`, force: true }),
    "audit.pack": () => ({ out: `${vault.folder}/out`, force: true }),
    "token.import": () => ({ uri: "pkcs11:token=absent", name: "there", key: "mail" }),
    "seed.reveal": () => ({ name: "savings", confirmed: true }),
    "seed.split": () => ({
      name: "savings",
      plan: { groupThreshold: 1, groups: [{ threshold: 2, count: 3 }] },
      confirmed: true,
    }),
    "window.child": () => ({ name: "savings", child: { kind: "hex" } }),
    "window.export-seed": () => ({ name: "savings", protection: { ...encrypted(), kind: "passphrase" } }),
    "window.copy-secret": () => ({ name: "token" }),
    "window.export": () => ({ name: "mail", format: "pkcs8-encrypted", protection: encrypted() }),
  }
}

const names = Object.keys(reauthenticated) as ReauthenticatedName[]

/** How many rows of the log say that this was done. */
async function rowsDone(vault: TestVault): Promise<number> {
  const { rows } = await vault.ask("audit.list", { limit: 1000 })
  // An auditor's pack holds the inventory, whose leaving has rows of its own.
  const others = ["vault.unlock", "report.inventory"]
  return rows.filter(({ outcome, action }) => outcome === "done" && !others.includes(action)).length
}

// With a token, in test/desktop/copy-into-token.spec.ts.
const doneHere = names.filter((name) => name !== "token.import")

test.for(doneHere)("%s is done with the passphrase, and the log has it", async (name) => {
  using vault = await TestVault.create()
  const requests = await requestsFor(vault)
  const before = await rowsDone(vault)
  const { dispatch } = windowDoorOf(vault)
  expect(await dispatch(name, { ...requests[name](), passphrase: passphrase() })).toMatchObject({ ok: true })
  expect(await rowsDone(vault)).toBe(before + 1)
})

test.for(names)("%s is refused without the passphrase, and the log says so", async (name) => {
  using vault = await TestVault.create()
  const requests = await requestsFor(vault)
  const before = await rowsDone(vault)
  const { dispatch, file, clipboard } = windowDoorOf(vault)
  for (const given of [{}, { passphrase: "correct horse battery staple" }, { passphrase: new Uint8Array() }]) {
    expect(await dispatch(name, { ...requests[name](), ...given })).toMatchObject({
      ok: false,
      error: { code: "POLICY_DENIED" },
    })
  }
  expect(await rowsDone(vault)).toBe(before)
  expect([existsSync(file), clipboard()]).toEqual([false, ""])
  const { rows } = await vault.ask("audit.list", { newest: true, limit: 3 })
  expect(rows.map(({ action, outcome }) => [action, outcome])).toEqual(Array(3).fill([name, "denied"]))
})

test.for(names)("%s is refused with a wrong passphrase", async (name) => {
  using vault = await TestVault.create()
  const requests = await requestsFor(vault)
  const { dispatch, file, clipboard } = windowDoorOf(vault)
  const reply = await dispatch(name, { ...requests[name](), passphrase: utf8("not it") })
  expect(reply).toMatchObject({ ok: false, error: { code: "WRONG_PASSPHRASE" } })
  expect([existsSync(file), clipboard()]).toEqual([false, ""])
})

test.for(names)("%s is refused while the vault is locked, even with the passphrase", async (name) => {
  using vault = await TestVault.create()
  const requests = await requestsFor(vault)
  const { dispatch, file, clipboard } = windowDoorOf(vault)
  vault.lock()
  const reply = await dispatch(name, { ...requests[name](), passphrase: passphrase() })
  expect(reply).toMatchObject({ ok: false, error: { code: "VAULT_LOCKED" } })
  expect([existsSync(file), clipboard()]).toEqual([false, ""])
})

test.for(names)("%s is refused when the vault is locked while the passphrase is checked", async (name) => {
  using vault = await TestVault.create()
  const requests = await requestsFor(vault)
  const { dispatch, file, clipboard } = windowDoorOf(vault)
  const asked = dispatch(name, { ...requests[name](), passphrase: passphrase() })
  setImmediate(() => vault.lock())
  expect(await asked).toMatchObject({ ok: false, error: { code: "VAULT_LOCKED" } })
  expect([existsSync(file), clipboard()]).toEqual([false, ""])
  expect(vault.bugs).toEqual([])
})

test("a passphrase that was right once is asked for again the next time", async () => {
  using vault = await TestVault.create()
  const { dispatch, file } = windowDoorOf(vault)
  const request = { out: file, force: true }
  expect(await dispatch("audit.export", { ...request, passphrase: passphrase() })).toMatchObject({ ok: true })
  expect(await dispatch("audit.export", request)).toMatchObject({ ok: false })
})

test("wrong tries at the open vault slow the next one down, as at the door", async () => {
  // What a try takes is not waited for again.
  using vault = await TestVault.create({ at: Date.now() })
  const { dispatch, file } = windowDoorOf(vault)
  const guess = () => dispatch("audit.export", { out: file, force: true, passphrase: utf8("not it") })
  for (let tries = 0; tries < 5; tries += 1) await guess()
  // 100 ms after three, then twice as long each time.
  const startedAt = performance.now()
  await guess()
  expect(performance.now() - startedAt).toBeGreaterThan(395)
})

test("a public key leaves without the passphrase", async () => {
  using vault = await TestVault.create()
  await vault.ask("key.generate", { name: "mail", algorithm: "ec-p256", purpose: "signature" })
  const { dispatch, file } = windowDoorOf(vault)
  expect(await dispatch("window.export-public", { name: "mail", format: "spki-pem" })).toMatchObject({ ok: true })
  expect(existsSync(file)).toBe(true)
})
