import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { isThere } from "../interop/program.ts"
import { passphrase, TestVault, utf8 } from "../support/vaults.ts"
import { SoftHsm, userPin } from "./soft-hsm.ts"

const work = "pkcs11:token=work"
const spare = "pkcs11:token=spare"
const second = "needed besides the token"
const pin = () => utf8(userPin)

describe.skipIf(!isThere("softhsm2-util"))("a vault that tokens open", () => {
  let softHsm: SoftHsm
  let vault: TestVault

  beforeAll(() => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    softHsm.token("spare")
  })
  afterAll(() => softHsm[Symbol.dispose]())

  beforeEach(async () => {
    vault = await TestVault.create()
  })
  afterEach(() => {
    expect(vault.bugs).toEqual([])
    vault[Symbol.dispose]()
    softHsm.plugIn()
  })

  const add = (token: string) => vault.ask("vault.slot.add", { token, pin: pin() })
  const lock = () => vault.ask("vault.lock", {})
  const byToken = (more: object = {}) => ({ path: vault.path, token: { pin: pin(), ...more } })
  const opened = (more: object = {}) => vault.ask("vault.unlock", byToken(more))
  const refused = (more: object = {}) => vault.refusal("vault.unlock", byToken(more))
  const keys = () => softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, "-O", "--type", "privkey")

  test("opens with a key that was made in the token for it, and says which", async () => {
    const { slot } = await add(work)
    await vault.generate("inside")
    await lock()
    expect(await opened()).toMatchObject({ failedAttempts: 0 })
    expect(await vault.ask("key.show", { name: "inside" })).toMatchObject({ state: "active" })
    expect(slot).toMatchObject({
      kind: "token",
      token: expect.stringMatching(/token=work.*serial=|serial=.*token=work/),
    })
    await lock()
    expect((await vault.ask("vault.info", { path: vault.path })).keyslots).toContainEqual(slot)
  })

  test("opens with the second token once the first is gone", async () => {
    const { slot } = await add(work)
    await add(spare)
    const { leftInToken } = await vault.ask("vault.slot.remove", { id: slot.id, confirmed: true })
    expect(leftInToken).toBe(slot.token)
    await lock()
    expect(await refused({ uri: work })).toMatchObject({ code: "NOT_FOUND" })
    expect(await opened()).toMatchObject({ failedAttempts: 0 })
  })

  test("says that a key stays in the token when its keyslot goes, but not of one that has another job", async () => {
    const { slot } = await add(work)
    await vault.ask("keyring.create", { name: "far", token: slot.token, pin: pin() })
    const removed = await vault.ask("vault.slot.remove", { id: slot.id, confirmed: true })
    expect(removed.leftInToken).toBeNull()
  })

  test("lets a key that stayed in the token be taken in and destroyed there", async () => {
    const before = keys()
    const { slot } = await add(work)
    const { leftInToken } = await vault.ask("vault.slot.remove", { id: slot.id, confirmed: true })
    await vault.ask("token.adopt", { uri: leftInToken ?? "", name: "left", pin: pin() })
    await vault.ask("key.destroy", { name: "left", reason: "no job", confirmed: true, pin: pin() })
    expect(keys()).toBe(before)
  })

  test("asks which token a PIN is for, and tries it with none until it is said", async () => {
    await add(work)
    await add(spare)
    await lock()
    expect(await refused()).toMatchObject({ code: "INVALID_INPUT", detail: expect.stringContaining("work or spare") })
    expect(await opened({ uri: spare })).toMatchObject({ failedAttempts: 0 })
  })

  test("stays locked to a wrong PIN, and opens to the right one after it", async () => {
    await add(work)
    await lock()
    expect(await refused({ pin: utf8("654321") })).toMatchObject({ code: "PIN_INCORRECT" })
    expect(await refused({ pin: undefined })).toMatchObject({ code: "PIN_INCORRECT", detail: "a PIN is needed" })
    expect(await opened()).toMatchObject({ failedAttempts: 0 })
  })

  test("stays locked while the token is away, and says which it misses", async () => {
    await add(work)
    await lock()
    softHsm.pullOut()
    expect(await refused()).toMatchObject({ code: "TOKEN_ABSENT", detail: "token work" })
    softHsm.plugIn()
    expect(await opened()).toMatchObject({ failedAttempts: 0 })
  })

  test("stays locked to a token of the same name", async () => {
    await add(work)
    await lock()
    softHsm.pullOut()
    softHsm.token("work")
    expect(await refused()).toMatchObject({ code: "TOKEN_ABSENT" })
  })

  test("stays locked to another key of the token, when its own is gone", async () => {
    const { slot } = await add(work)
    await add(work)
    const id = decodeURIComponent(/id=([^;?]*)/.exec(slot.token ?? "")?.[1]?.replaceAll("%", "") ?? "")
    softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, "-b", "--type", "privkey", "--id", id)
    await lock()
    expect(await opened(), "by the other keyslot of that token").toMatchObject({ failedAttempts: 0 })
    const { keyslots } = await vault.ask("vault.slot.list", {})
    const other = keyslots.findLast(({ kind }) => kind === "token")
    await vault.ask("vault.slot.remove", { id: other?.id ?? "", confirmed: true })
    await lock()
    expect(await refused()).toMatchObject({
      code: "NOT_FOUND",
      detail: `the token does not have the key any more: keyslot ${slot.id}`,
    })
  })

  test("opens with token and passphrase together, and with neither alone", async () => {
    await vault.ask("vault.slot.add", { token: work, pin: pin(), newPassphrase: utf8(second) })
    await lock()
    expect(await refused()).toMatchObject({ code: "WRONG_PASSPHRASE" })
    expect(await refused({ passphrase: utf8("another one") })).toMatchObject({ code: "WRONG_PASSPHRASE" })
    expect(await vault.unlockRefusal(second)).toMatchObject({ code: "WRONG_PASSPHRASE" })
    softHsm.pullOut()
    expect(await refused({ passphrase: utf8(second) })).toMatchObject({ code: "TOKEN_ABSENT" })
    softHsm.plugIn()
    expect(await opened({ passphrase: utf8(second) })).toMatchObject({ failedAttempts: 3 })
  })

  test("is opened by a key that was in the token before, and RSA does as well", async () => {
    softHsm.pkcs11Tool(
      ...["--token-label", "work", "--login", "--pin", userPin, "-k", "--key-type", "rsa:2048"],
      ...["--id", "77", "--label", "older", "--usage-decrypt"],
    )
    const { slot } = await add(`${work};id=%77`)
    expect(slot.token).toContain("id=%77")
    await lock()
    expect(await opened()).toMatchObject({ failedAttempts: 0 })
  })

  test("is opened by no key that the inventory has a job for", async () => {
    const { location } = await vault.ask("key.generate", {
      ...{ name: "agrees", algorithm: "ec-p256", purpose: "key-agreement" },
      ...{ token: work, pin: pin() },
    })
    expect(await vault.refusal("vault.slot.add", { token: location, pin: pin() })).toMatchObject({
      code: "POLICY_DENIED",
      detail: expect.stringContaining("agrees"),
    })
  })

  test("keeps the key that opens it out of the inventory, in which it could be destroyed", async () => {
    const { slot } = await add(work)
    const asked = { uri: slot.token ?? "", name: "opener", purpose: "key-agreement", pin: pin() } as const
    expect(await vault.refusal("token.adopt", asked)).toMatchObject({
      code: "POLICY_DENIED",
      detail: expect.stringContaining("a keyslot"),
    })
  })

  test("leaves no key in a token whose keyslot came to nothing", async () => {
    const recovery = { threshold: 2, count: 2 }
    for (let slots = 1; slots < 64; slots += 1) await vault.ask("vault.slot.add", { recovery })
    const before = keys()
    expect(await vault.refusal("vault.slot.add", { token: work, pin: pin() })).toMatchObject({ code: "POLICY_DENIED" })
    expect(keys()).toBe(before)
  })

  test("is rekeyed without the token, which opens what comes of it", async () => {
    await add(work)
    softHsm.pullOut()
    const { removedSlots } = await vault.ask("vault.rekey", {
      passphrase: passphrase(),
      alsoPassphrases: [],
      confirmed: false,
    })
    expect(removedSlots).toEqual([])
    await lock()
    softHsm.plugIn()
    expect(await opened()).toMatchObject({ failedAttempts: 0 })
  })

  test("is restored, and a backup tried out, by the token", async () => {
    await add(work)
    const out = `${vault.folder}/b.clvbackup`
    await vault.ask("vault.backup", { out })
    expect(await vault.ask("vault.drill", { file: out, token: { pin: pin() } })).toMatchObject({ ok: true })
    await lock()
    const to = `${vault.folder}/restored.claviger`
    expect(await vault.ask("vault.restore", { file: out, to, token: { pin: pin() } })).toMatchObject({ verified: true })
    const without = await vault.refusal("vault.unlock", { path: to, token: {} })
    expect(without, "nobody stays logged in").toMatchObject({ code: "PIN_INCORRECT" })
    expect(await vault.ask("vault.unlock", { path: to, token: { pin: pin() } })).toMatchObject({ failedAttempts: 0 })
  })
})
