import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { parseTokenUri } from "../../main/domain/token-uri.ts"
import { pinIsNeeded } from "../../preload/contract/failure.ts"
import type { TokenCheck, TokenHealth } from "../../preload/contract/token-health.ts"
import { isThere, run } from "../interop/program.ts"
import { editDatabase, internalsOf } from "../support/vault-internals.ts"
import { TestVault, utf8 } from "../support/vaults.ts"
import { SoftHsm, softHsmModule, soPin, userPin } from "./soft-hsm.ts"

const token = "pkcs11:token=work"

/** As another program does it, in a process of its own. */
function allowWrapping(id: string): void {
  const program = `
    const pkcs11js = require("pkcs11js"), library = new pkcs11js.PKCS11()
    library.load(${JSON.stringify(softHsmModule)})
    library.C_Initialize()
    const slot = library.C_GetSlotList(true).find((each) => library.C_GetTokenInfo(each).label.trim() === "work")
    const session = library.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION | pkcs11js.CKF_RW_SESSION)
    library.C_Login(session, pkcs11js.CKU_USER, "${userPin}")
    library.C_FindObjectsInit(session, [{ type: pkcs11js.CKA_ID, value: Buffer.from("${id}", "hex") }])
    const [key] = library.C_FindObjects(session, 1)
    library.C_FindObjectsFinal(session)
    library.C_SetAttributeValue(session, key, [{ type: pkcs11js.CKA_WRAP, value: true }])
    process.exit(0)`
  run(process.execPath, ["-e", program])
}

describe.skipIf(!isThere("softhsm2-util") || !isThere("pkcs11-tool"))("the health of a token", () => {
  let softHsm: SoftHsm
  let vault: TestVault

  beforeEach(async () => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    vault = await TestVault.create()
  })

  afterEach(() => {
    expect(vault.bugs).toEqual([])
    vault[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  const make = (name: string, algorithm: "ec-p256" | "aes-256" | "hmac-sha256" = "ec-p256") =>
    vault.ask("key.generate", { name, algorithm, token, pin: utf8(userPin) })

  const report = async (asked: Parameters<typeof vault.ask<"token.health">>[1] = { uri: token }) => {
    const { tokens } = await vault.ask("token.health", asked)
    const [only, ...others] = tokens
    if (only === undefined || others.length > 0) throw new Error(`${tokens.length} tokens`)
    return only
  }

  const found = ({ checks }: TokenHealth, name: TokenCheck["check"]) => checks.find(({ check }) => check === name)

  /** Locking ends the processes of libraries, and with them every login. */
  const lockAndUnlock = async () => {
    await vault.ask("vault.lock", {})
    await vault.unlock()
  }

  test("a token that is well says so, with what it tells of itself", async () => {
    const health = await report()
    expect(health).toMatchObject({ outcome: "ok", cause: "asked", firmwareVersion: "2.6", calls: 0, errors: 0 })
    expect(found(health, "present")).toMatchObject({ outcome: "ok" })
    expect(found(health, "answers")).toMatchObject({ outcome: "ok", says: "it makes random numbers" })
    expect(found(health, "user-pin")).toMatchObject({ outcome: "ok" })
    expect(found(health, "memory")).toMatchObject({ outcome: "skipped" })
  })

  test("without a key of the vault in it, there is nothing to try, and no PIN is asked for", async () => {
    const health = await report({ uri: token, wantsPin: true })
    expect(found(health, "self-test")).toMatchObject({
      outcome: "skipped",
      says: expect.stringContaining("no active key"),
    })
  })

  test("keys of the vault do their job in it", async () => {
    await make("signs")
    await make("signs-too")
    await make("encrypts", "aes-256")
    await make("authenticates", "hmac-sha256")
    await lockAndUnlock()
    const health = await report({ uri: token, pin: utf8(userPin) })
    expect(found(health, "self-test")).toMatchObject({ outcome: "ok" })
    expect(health.triedKeys).toHaveLength(4)
  })

  test("without a PIN and a login the keys are left out, unless somebody is there to be asked", async () => {
    await make("signs")
    await lockAndUnlock()
    expect(found(await report(), "self-test")).toMatchObject({
      outcome: "skipped",
      says: expect.stringContaining("PIN"),
    })
    expect(await vault.refusal("token.health", { uri: token, wantsPin: true })).toMatchObject({
      code: "PIN_INCORRECT",
      detail: pinIsNeeded,
    })
  })

  test("the login of an earlier use is enough", async () => {
    await make("signs")
    expect(await report({ cause: "schedule" })).toMatchObject({ triedKeys: ["signs"] })
  })

  test("a wrong PIN is tried once, for all keys together, and no report is made of it", async () => {
    await make("signs")
    await make("encrypts", "aes-256")
    await lockAndUnlock()
    expect(await vault.refusal("token.health", { uri: token, pin: utf8("000000") })).toMatchObject({
      code: "PIN_INCORRECT",
    })
    expect(await vault.ask("token.health.history", {})).toEqual({ reports: [] })
    // SoftHSM says no more than that, and never locks.
    expect(found(await report(), "user-pin")).toMatchObject({ outcome: "warning" })
  })

  test("a key that is gone from the token fails the test, by name", async () => {
    const { location } = await make("signs")
    const id = /;id=([^?]*)/.exec(location)?.[1]?.replaceAll("%", "") ?? ""
    for (const type of ["privkey", "pubkey"])
      softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, "-b", "--type", type, "--id", id)
    await lockAndUnlock()
    const health = await report({ uri: token, pin: utf8(userPin) })
    expect(health.outcome).toBe("failed")
    expect(found(health, "self-test")).toMatchObject({ outcome: "failed", says: expect.stringMatching(/^signs: /) })
  })

  test("older versions are looked for, and one that is gone fails the test, by its number", async () => {
    const { location } = await make("signs")
    for (const reason of ["first", "second"]) {
      await vault.ask("key.rotate", { name: "signs", reason, pin: utf8(userPin) })
    }
    expect(found(await report(), "self-test")).toMatchObject({
      outcome: "ok",
      says: expect.stringMatching(/; older versions are there: signs \(version 2\), signs \(version 1\)$/),
    })
    const id = Buffer.from(parseTokenUri(location).id ?? []).toString("hex")
    softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, "-b", "--type", "privkey", "--id", id)
    await lockAndUnlock()
    const health = await report({ uri: token, pin: utf8(userPin) })
    expect(health).toMatchObject({ outcome: "failed", triedKeys: ["signs"] })
    expect(found(health, "self-test")).toMatchObject({
      outcome: "failed",
      says: "signs (version 1): it is not in the token any more",
    })
  })

  test("a key that another program allowed more than its one job is told of", async () => {
    const { location } = await make("seals", "aes-256")
    allowWrapping(Buffer.from(parseTokenUri(location).id ?? []).toString("hex"))
    const health = await report({ uri: token, pin: utf8(userPin) })
    expect(health).toMatchObject({ outcome: "warning", triedKeys: ["seals"] })
    expect(found(health, "self-test")).toMatchObject({
      outcome: "warning",
      says: expect.stringMatching(/^seals: In the token it can also wrap.*seals: It wraps and decrypts: /),
    })
  })

  test("a token that holds a keyring is known, and opens it", async () => {
    await vault.ask("keyring.create", { name: "far", token, pin: utf8(userPin) })
    expect(found(await report({ cause: "schedule" }), "self-test")).toMatchObject({
      outcome: "ok",
      says: "it opens the keyrings: far",
    })
    await lockAndUnlock()
    expect(found(await report(), "self-test")).toMatchObject({ outcome: "skipped" })
  })

  test("one that was set up anew, under the same name, opens no keyring any more, and fails", async () => {
    await vault.ask("keyring.create", { name: "far", token, pin: utf8(userPin) })
    const pins = ["--so-pin", soPin, "--pin", userPin]
    run("softhsm2-util", ["--init-token", "--token", "work", "--label", "work", ...pins])
    await lockAndUnlock()
    const health = await report({ uri: token, pin: utf8(userPin) })
    expect(found(health, "identity")).toMatchObject({ outcome: "ok" })
    expect(found(health, "self-test")).toMatchObject({
      outcome: "failed",
      says: expect.stringMatching(/^keyring far: the key is not in the token: /),
    })
  })

  test("a token that opens the vault is known, and does so, also where a passphrase is needed besides", async () => {
    const label = "the day's"
    await vault.ask("vault.slot.add", { token, pin: utf8(userPin), label })
    await vault.ask("vault.slot.add", { token, pin: utf8(userPin), label: "both", newPassphrase: utf8("besides it") })
    expect(found(await report({ cause: "schedule" }), "self-test")).toMatchObject({
      outcome: "ok",
      says: "it opens the keyslots: the day's, both",
    })
  })

  test("one that was set up anew opens no keyslot any more, and fails", async () => {
    const { slot } = await vault.ask("vault.slot.add", { token, pin: utf8(userPin) })
    const other = { token, pin: utf8(userPin), label: "both", newPassphrase: utf8("besides it") }
    await vault.ask("vault.slot.add", other)
    const pins = ["--so-pin", soPin, "--pin", userPin]
    run("softhsm2-util", ["--init-token", "--token", "work", "--label", "work", ...pins])
    await lockAndUnlock()
    const gone = ": the key is not in the token: [^;]*"
    expect(found(await report({ uri: token, pin: utf8(userPin) }), "self-test")).toMatchObject({
      outcome: "failed",
      says: expect.stringMatching(new RegExp(`^keyslot ${slot.id}${gone}; keyslot both${gone}$`)),
    })
  })

  test("a token that holds keys of the vault and is not there fails, also when nobody asked for it by name", async () => {
    await make("signs")
    softHsm.pullOut()
    await lockAndUnlock()
    const health = await report({})
    expect(health).toMatchObject({ outcome: "failed", firmwareVersion: null, triedKeys: [] })
    expect(found(health, "present")).toMatchObject({ outcome: "failed" })
    expect(await report()).toMatchObject({ outcome: "failed" })
  })

  test("one that is not there and that nobody knows is no report, but a refusal", async () => {
    expect(await vault.refusal("token.health", { uri: "pkcs11:token=other" })).toMatchObject({ code: "TOKEN_ABSENT" })
  })

  test("another token of the same name is not taken for it", async () => {
    await make("signs")
    softHsm.replaceTokens()
    softHsm.token("work")
    await lockAndUnlock()
    const { tokens } = await vault.ask("token.health", {})
    const missing = tokens.find(({ outcome }) => outcome === "failed")
    expect(tokens).toHaveLength(2)
    expect(missing && found(missing, "identity")).toMatchObject({
      outcome: "failed",
      says: expect.stringContaining("its serial number is"),
    })
  })

  test("by itself it looks at what the vault knows only, and starts no library where it knows nothing", async () => {
    expect(await vault.ask("token.health", { cause: "schedule" })).toEqual({ tokens: [] })
    await report()
    expect(await report({ cause: "plugged-in" })).toMatchObject({ cause: "plugged-in", outcome: "ok" })
  })

  test("a PIN is one token's, and nothing that comes by itself has one", async () => {
    const pin = utf8(userPin)
    expect(await vault.refusal("token.health", { pin })).toMatchObject({ code: "INVALID_INPUT" })
    const scheduled = { uri: token, pin: utf8(userPin), cause: "schedule" } as const
    expect(await vault.refusal("token.health", scheduled)).toMatchObject({ code: "INVALID_INPUT" })
  })

  test("what was found is kept, the newest first, and is in the log word for word", async () => {
    const first = await report()
    const second = await report()
    expect(await vault.ask("token.health.history", { uri: token })).toEqual({ reports: [second, first] })
    expect(await vault.ask("token.health.history", { limit: 1 })).toEqual({ reports: [second] })
    const { rows } = await vault.ask("audit.list", { action: "token.health" })
    expect(rows.map(({ detail }) => detail["report"])).toEqual([first, second])
    expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
  })

  test("what failed is in the log as failed", async () => {
    await make("signs")
    softHsm.pullOut()
    await lockAndUnlock()
    await report({})
    const { rows } = await vault.ask("audit.list", { action: "token.health" })
    expect(rows.map(({ outcome }) => outcome)).toEqual(["failed"])
  })

  const edits = [
    ["passes for a good one", "UPDATE token_checks SET report = json_set(report, '$.outcome', 'ok')"],
    ["is not on record", "DELETE FROM token_checks"],
    ["that never was is on record", "INSERT INTO token_checks (report) SELECT report FROM token_checks"],
  ] as const

  test.for(edits)("verifying finds that a report %s", async ([, sql]) => {
    await make("signs")
    softHsm.pullOut()
    await lockAndUnlock()
    await report({})
    await vault.ask("vault.lock", {})
    editDatabase(await internalsOf(vault.path), (db) => db.exec(sql))
    await vault.unlock()
    const { problems } = await vault.ask("vault.verify", {})
    expect(problems.map(({ rule }) => rule)).toEqual(["token-checks"])
  })
})
