import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { newId } from "../../main/crypto/uuid-v7.ts"
import type { RequestOf } from "../../preload/contract/index.ts"
import { isThere } from "../interop/program.ts"
import { inStore } from "../support/in-store.ts"
import { passphrase, TestVault, utf8 } from "../support/vaults.ts"
import { SoftHsm, userPin } from "./soft-hsm.ts"

const work = "pkcs11:token=work"
const spare = "pkcs11:token=spare"
const pin = () => utf8(userPin)
const message = utf8("a message")

describe.skipIf(!isThere("softhsm2-util"))("a keyring that a token holds", () => {
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
    await vault.ask("keyring.create", { name: "far", token: work, pin: pin() })
    await vault.ask("key.generate", { name: "signer", algorithm: "ed25519", purpose: "signature", keyring: "far" })
  })
  afterEach(() => {
    expect(vault.bugs).toEqual([])
    vault[Symbol.dispose]()
    softHsm.plugIn()
  })

  const sign = (more: object = {}) => vault.ask("key.sign", { name: "signer", message, ...more })
  const signRefusal = (more: object = {}) => vault.refusal("key.sign", { name: "signer", message, ...more })
  const reopen = async () => {
    await vault.ask("vault.lock", {})
    await vault.unlock()
  }
  const tokensOf = async () => (await vault.ask("keyring.list", {})).keyrings.find(({ name }) => name === "far")?.tokens
  const away = async () => {
    softHsm.pullOut()
    await reopen()
  }

  test("says which, and keeps no key-encryption key of its own", async () => {
    expect(await tokensOf()).toMatchObject([{ uri: expect.stringContaining("token=work") }])
    const keks = await inStore(vault, ({ db }) =>
      db.prepare("SELECT name FROM keyring_keks JOIN keyrings ON id = keyring_id").pluck().all(),
    )
    expect(keks).toEqual(["personal"])
    await vault.unlock()
  })

  test("leaves no mark by which a guess of a text or MAC key could be tried without it", async () => {
    const file = utf8("what a person made up, and others guess")
    const takeIn = (name: string, more: Pick<RequestOf<"key.import">, "algorithm" | "keyring" | "pin">) =>
      vault.ask("key.import", { name, file, format: "raw", ...more })
    for (const algorithm of ["secret", "hmac-sha256"] as const) {
      await takeIn(`${algorithm} there`, { algorithm, keyring: "far", pin: pin() })
      await takeIn(`${algorithm} moved`, { algorithm })
    }
    const marked = () =>
      inStore(vault, ({ db }) =>
        db
          .prepare(`SELECT name FROM examined JOIN key_versions ON key_versions.row = version_row
            JOIN keys ON keys.row = key_row WHERE mark IS NOT NULL ORDER BY name`)
          .pluck()
          .all(),
      )
    expect(await marked()).toEqual(["hmac-sha256 moved", "secret moved"])
    await vault.unlock()
    await vault.ask("keyring.unlock", { name: "far", pin: pin() })
    for (const name of ["secret moved", "hmac-sha256 moved"]) await vault.ask("key.set", { name, keyring: "far" })
    await vault.ask("report.hygiene", { find: ["same-material"] })
    expect(await marked()).toEqual([])
    await vault.unlock()
  })

  test("keeps the key that holds it out of the inventory, in which it could be destroyed", async () => {
    const uri = (await tokensOf())?.[0]?.uri ?? ""
    const asked = { uri, name: "holder", purpose: "key-agreement", pin: pin() } as const
    expect(await vault.refusal("token.adopt", asked)).toMatchObject({ code: "POLICY_DENIED" })
  })

  test("keeps the key that holds it in the token, though a key of the inventory was to be there and is destroyed", async () => {
    const kind = { algorithm: "ec-p256", purpose: "key-agreement" } as const
    const { location } = await vault.ask("key.generate", { name: "agrees", ...kind, token: work, pin: pin() })
    await inStore(vault, ({ db }) => db.prepare("UPDATE keyring_holders SET uri = ?").run(location))
    await vault.unlock()
    const asked = { name: "agrees", reason: "not needed", confirmed: true, pin: pin() }
    expect(await vault.refusal("key.destroy", asked)).toMatchObject({
      code: "POLICY_DENIED",
      detail: expect.stringContaining("the keyring far"),
    })
    const keys = softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, "-O", "--type", "privkey")
    expect(keys).toContain("agrees")
  })

  test("is used while somebody is logged in to the token, else with its PIN", async () => {
    expect(await sign()).toMatchObject({ keyVersion: 1 })
    await reopen()
    expect(await signRefusal()).toMatchObject({ code: "PIN_INCORRECT", detail: "a PIN is needed: keyring far" })
    expect(await signRefusal({ pin: utf8("654321") })).toMatchObject({ code: "PIN_INCORRECT" })
    expect(await sign({ pin: pin() })).toMatchObject({ keyVersion: 1 })
    expect(await sign()).toMatchObject({ keyVersion: 1 })
  })

  test("is used by none of its keys while the token is away, and says so", async () => {
    await vault.ask("key.generate", { name: "box", algorithm: "aes-256", purpose: "encryption", keyring: "far" })
    const { ciphertext } = await vault.ask("key.encrypt", { name: "box", plaintext: message })
    await away()
    const absent = { code: "TOKEN_ABSENT", detail: "keyring far: token work" }
    expect(await signRefusal()).toMatchObject(absent)
    expect(await signRefusal({ pin: pin() })).toMatchObject(absent)
    expect(await vault.refusal("key.encrypt", { name: "box", plaintext: message })).toMatchObject(absent)
    expect(await vault.refusal("key.decrypt", { name: "box", ciphertext: utf8(ciphertext) })).toMatchObject(absent)
    expect(await vault.refusal("key.rotate", { name: "box" })).toMatchObject(absent)
    expect(await vault.refusal("key.set", { name: "box", keyring: "personal" })).toMatchObject(absent)
    expect(await vault.refusal("keyring.rotate", { name: "far" })).toMatchObject(absent)
    expect(
      await vault.refusal("key.generate", { name: "new", algorithm: "aes-256", purpose: "encryption", keyring: "far" }),
    ).toMatchObject(absent)
    expect(await vault.refusal("key.show", { name: "new" })).toMatchObject({ code: "NOT_FOUND" })
    expect(await vault.generate("elsewhere")).toMatchObject({ keyring: "personal" })
  })

  test("forgets its key-encryption key when it has been used", async () => {
    await sign()
    softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, "-O")
    const uri = (await tokensOf())?.[0]?.uri ?? ""
    const id = /id=([^;?]*)/.exec(uri)?.[1]?.replaceAll("%", "") ?? ""
    softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, "-b", "--type", "privkey", "--id", id)
    expect(await signRefusal()).toMatchObject({ code: expect.stringMatching(/^(NOT_FOUND|TOKEN_ERROR)$/) })
  })

  test("is held by a second token as well, which opens it when the first is lost", async () => {
    await vault.ask("keyring.enroll", { name: "far", token: spare, pin: pin() })
    const [first] = (await tokensOf()) ?? []
    expect(await tokensOf()).toHaveLength(2)
    const withdrawn = await vault.ask("keyring.withdraw", { name: "far", id: first?.id ?? "", confirmed: true })
    expect(withdrawn.leftInToken).toBe(first?.uri)
    await reopen()
    await vault.ask("keyring.unlock", { name: "far", pin: pin() })
    expect(await sign()).toMatchObject({ keyVersion: 1 })
    const [last] = (await tokensOf()) ?? []
    expect(await vault.refusal("keyring.withdraw", { name: "far", id: last?.id ?? "", confirmed: true })).toMatchObject(
      {
        code: "POLICY_DENIED",
        detail: expect.stringContaining("last-token"),
      },
    )
    expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
  })

  test("asks which of two tokens a PIN is for, and is opened by the one that is named", async () => {
    await vault.ask("keyring.enroll", { name: "far", token: spare, pin: pin() })
    await reopen()
    expect(await vault.refusal("keyring.unlock", { name: "far", pin: pin() })).toMatchObject({
      code: "INVALID_INPUT",
      detail: expect.stringContaining("work or spare"),
    })
    await vault.ask("keyring.unlock", { name: "far", token: spare, pin: pin() })
    expect(await sign()).toMatchObject({ keyVersion: 1 })
  })

  test("is held by a token once, and by a further one only with one that holds it", async () => {
    expect(await vault.refusal("keyring.enroll", { name: "far", token: work, pin: pin() })).toMatchObject({
      code: "ALREADY_EXISTS",
    })
    await reopen()
    expect(await vault.refusal("keyring.enroll", { name: "far", token: spare, pin: pin() })).toMatchObject({
      code: "PIN_INCORRECT",
    })
    expect(await vault.refusal("keyring.enroll", { name: "personal", token: spare, pin: pin() })).toMatchObject({
      code: "STATE_DENIED",
    })
  })

  test("gets a new key-encryption key, for each token that holds it", async () => {
    await vault.ask("keyring.enroll", { name: "far", token: spare, pin: pin() })
    expect(await vault.ask("keyring.rotate", { name: "far" })).toMatchObject({ kekVersion: 2, rewrapped: 1 })
    const rows = await inStore(vault, ({ db }) => db.prepare("SELECT version FROM held_keks").pluck().all())
    expect(rows).toEqual([2, 2])
    await vault.unlock()
    const [first] = (await tokensOf()) ?? []
    await vault.ask("keyring.withdraw", { name: "far", id: first?.id ?? "", confirmed: true })
    expect(await sign({ pin: pin() })).toMatchObject({ keyVersion: 1 })
  })

  test("whose rotation a crash cut short works with both, and the next one brings it to its end", async () => {
    await inStore(vault, async (stored) => {
      const { id } = stored.keyrings.find("far")
      const held = await stored.keks.newHeld(id, 2)
      stored.journal.record(() => {
        for (const kek of held) stored.keks.holders.put(kek)
        stored.db.prepare("UPDATE keyrings SET kek_version = 2 WHERE id = ?").run(id)
        const detail = JSON.stringify({ keyringId: id, keyring: "far", toVersion: 2 })
        stored.db
          .prepare("INSERT INTO operations (id, kind, started_at, detail) VALUES (?, 'keyring.rotate', ?, ?)")
          .run(newId(Date.now()), new Date().toISOString(), detail)
        const started = { toVersion: 2, phase: "started" }
        return { entry: { action: "keyring.rotate", target: "far", detail: started }, result: undefined }
      })
    })
    softHsm.pullOut()
    expect(await vault.unlock()).toMatchObject({ resumed: [] })
    softHsm.plugIn()
    await reopen()
    expect(await sign({ pin: pin() })).toMatchObject({ keyVersion: 1 })
    expect(await vault.ask("keyring.rotate", { name: "far" })).toMatchObject({ kekVersion: 3, rewrapped: 1 })
    expect(await sign()).toMatchObject({ keyVersion: 1 })
    expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
  })

  test("lets a key in that was elsewhere, and out again", async () => {
    await vault.generate("mover")
    await vault.ask("key.set", { name: "mover", keyring: "far" })
    await vault.ask("key.encrypt", { name: "mover", plaintext: message })
    await vault.ask("key.set", { name: "mover", keyring: "personal" })
    await away()
    expect(await vault.ask("key.encrypt", { name: "mover", plaintext: message })).toMatchObject({ keyVersion: 1 })
  })

  test("is verified while the token is there, and said to be unverified while it is away", async () => {
    expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
    await away()
    expect(await vault.ask("vault.verify", {})).toMatchObject({
      ok: true,
      problems: [{ rule: "keyrings", severity: "warning", target: "far" }],
    })
  })

  test("is said to be unverified for want of a login, and not for a PIN that nobody tried", async () => {
    await vault.ask("vault.lock", {})
    await vault.unlock()
    const { problems } = await vault.ask("vault.verify", {})
    expect(problems).toMatchObject([{ message: expect.stringMatching(/: nobody has logged in to a token/) }])
  })

  test("that somebody else's key was made to hold is found by its log", async () => {
    await inStore(vault, ({ db }) => {
      db.prepare("UPDATE keyring_holders SET uri = replace(uri, 'work', 'evil')").run()
    })
    await vault.unlock()
    const { ok, problems } = await vault.ask("vault.verify", {})
    expect(ok).toBe(false)
    expect(problems).toContainEqual(expect.objectContaining({ rule: "keyrings", severity: "error" }))
  })

  test("goes along with a rekey, a backup and what is restored of it", async () => {
    await vault.ask("vault.rekey", { passphrase: passphrase(), alsoPassphrases: [], confirmed: true })
    expect(await sign({ pin: pin() })).toMatchObject({ keyVersion: 1 })
    const out = `${vault.folder}/b.clvbackup`
    await vault.ask("vault.backup", { out })
    await vault.ask("vault.lock", {})
    const to = `${vault.folder}/restored.claviger`
    await vault.ask("vault.restore", { file: out, to, passphrase: passphrase() })
    await vault.ask("vault.unlock", { path: to, passphrase: passphrase() })
    expect(await sign({ pin: pin() })).toMatchObject({ keyVersion: 1 })
  })

  test("is used without another PIN when the token has opened the vault", async () => {
    await vault.ask("vault.slot.add", { token: work, pin: pin() })
    await vault.ask("vault.lock", {})
    await vault.ask("vault.unlock", { path: vault.path, token: { pin: pin() } })
    expect(await sign()).toMatchObject({ keyVersion: 1 })
  })

  test("keeps no file from being decrypted that is for another key", async () => {
    await vault.ask("key.generate", { name: "a-far", algorithm: "x25519", purpose: "encryption", keyring: "far" })
    await vault.ask("key.generate", { name: "near", algorithm: "x25519", purpose: "encryption" })
    const { writeFileSync } = await import("node:fs")
    const file = (name: string) => `${vault.folder}/${name}`
    writeFileSync(file("plain"), "text")
    for (const name of ["near", "a-far"]) {
      const encrypted = { input: file("plain"), output: file(`${name}.age`), keys: [{ name }], force: false }
      await vault.ask("file.encrypt", encrypted)
    }
    await away()
    const decrypt = (name: string) => ({ input: file(`${name}.age`), output: file(`${name}.out`), force: false })
    expect(await vault.ask("file.decrypt", decrypt("near"))).toMatchObject({ key: { name: "near" } })
    expect(await vault.refusal("file.decrypt", decrypt("a-far"))).toMatchObject({ code: "TOKEN_ABSENT" })
  })
})
