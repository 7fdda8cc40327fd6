import { afterEach, beforeEach, expect, test } from "vitest"
import type { PolicyFile } from "../../../preload/contract/policy-file.ts"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
  await vault.ask("keyring.create", { name: "strict" })
})

afterEach(() => vault[Symbol.dispose]())

const set = (stated: PolicyFile | { profile?: PolicyFile["profile"] }, name = "strict") =>
  vault.ask("keyring.policy", { name, set: stated })

const inStrict = { keyring: "strict" }

test("a keyring begins with the policy personal, version 0", async () => {
  expect(await vault.ask("keyring.policy", { name: "personal" })).toMatchObject({
    version: 0,
    hash: null,
    stated: { profile: "personal" },
    effective: { algorithms: null, exportable: "yes", location: "anywhere" },
    history: [],
  })
})

test("a policy is set in versions of which none is lost, each logged with its hash", async () => {
  const first = await set({ profile: "nist-2030" })
  const second = await set({ profile: "cnsa-2.0" })
  expect(second).toMatchObject({ version: 2, history: [{ version: 2 }, { version: 1, hash: first.hash }] })
  const { rows } = await vault.ask("audit.list", { action: "keyring.policy" })
  expect(rows.map(({ target, detail }) => [target, detail["version"], detail["hash"]])).toEqual([
    ["strict", 1, first.hash],
    ["strict", 2, second.hash],
  ])
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true })
})

test("a policy that was undone with its group does not hold", async () => {
  vault.claviger.group.begin()
  await set({ profile: "cnsa-2.0" })
  vault.claviger.group.rollback()
  expect(await vault.ask("keyring.policy", { name: "strict" })).toMatchObject({ version: 0 })
})

test("a policy holds in its own keyring only, and after the vault was locked", async () => {
  await set({ profile: "cnsa-2.0" })
  vault.lock()
  await vault.unlock()
  await vault.generate("here", { algorithm: "aes-128" })
  expect(await vault.refusal("key.generate", { name: "there", algorithm: "aes-128", ...inStrict })).toMatchObject({
    code: "POLICY_DENIED",
    detail: expect.stringMatching(/^allowed-algorithm: The policy of strict does not allow aes-128[.] Use /),
  })
})

test("a refusal by a policy is in the log", async () => {
  await set({ profile: "cnsa-2.0" })
  await vault.refusal("key.generate", { name: "there", algorithm: "aes-128", ...inStrict })
  const { rows } = await vault.ask("audit.list", { outcome: "denied" })
  expect(rows).toMatchObject([{ action: "key.generate", target: "there", detail: { code: "POLICY_DENIED" } }])
})

test("a new key for which no schedule was named gets the policy's, and is tightened to it", async () => {
  await set({ profile: "nist-2030", exportable: "never" })
  const token = await vault.ask("key.generate", { name: "token", algorithm: "secret", ...inStrict })
  expect(token.exportable).toBe("never")
  expect(await vault.generate("data", inStrict)).toMatchObject({ rotateEvery: "2y", findings: [] })
})

test("an import is refused as a new key is", async () => {
  await set({ algorithms: ["aes-256"], profile: "personal" })
  const file = utf8("00".repeat(16))
  const refused = { name: "old", file, format: "hex", algorithm: "aes-128", ...inStrict } as const
  expect(await vault.refusal("key.import", refused)).toMatchObject({ code: "POLICY_DENIED" })
})

test("a key that the policy does not allow rotates no more, protects nothing new, and still decrypts", async () => {
  await vault.generate("old", { algorithm: "aes-128", ...inStrict })
  const { ciphertext } = await vault.ask("key.encrypt", { name: "old", plaintext: utf8("before") })
  await set({ profile: "cnsa-2.0" })
  const { code, detail } = await vault.refusal("key.encrypt", { name: "old", plaintext: utf8("after") })
  expect([code, detail]).toEqual(["POLICY_DENIED", expect.stringMatching(/^allowed-algorithm: /)])
  expect(await vault.refusal("key.rotate", { name: "old" })).toMatchObject({ code: "POLICY_DENIED" })
  const opened = await vault.ask("key.decrypt", { name: "old", ciphertext: utf8(ciphertext) })
  expect(Buffer.from(opened.plaintext).toString()).toBe("before")
})

test("a key moves only to a keyring whose policy it meets", async () => {
  await set({ required: ["owner"], profile: "personal" })
  await vault.generate("moving")
  expect(await vault.refusal("key.set", { name: "moving", ...inStrict })).toMatchObject({
    detail: expect.stringMatching(/^owner-required: /),
  })
  expect(await vault.ask("key.set", { name: "moving", owner: "ann", ...inStrict })).toMatchObject(inStrict)
  expect(await vault.refusal("key.set", { name: "moving", owner: null })).toMatchObject({ code: "POLICY_DENIED" })
})

test("a key leaves no further than the policy allows", async () => {
  await vault.generate("loose", { exportable: "yes", ...inStrict })
  await set({ exportable: "wrapped", profile: "personal" })
  const inTheClear = { kind: "plaintext", passphrase: passphrase(), confirmed: true } as const
  expect(await vault.refusal("key.export", { name: "loose", format: "raw", protection: inTheClear })).toMatchObject({
    code: "POLICY_DENIED",
    detail: expect.stringMatching(/^exportable-at-most: /),
  })
})

test.for([
  ["generate", (to: TestVault) => to.refusal("key.generate", { name: "new", algorithm: "aes-256", ...inStrict })],
  ["set", (to: TestVault) => to.refusal("key.set", { name: "data", owner: "eve" })],
  ["rotate", (to: TestVault) => to.refusal("key.rotate", { name: "data" })],
  ["encrypt", (to: TestVault) => to.refusal("key.encrypt", { name: "data", plaintext: utf8("x") })],
  ["destroy", (to: TestVault) => to.refusal("key.destroy", { name: "data", reason: "old", confirmed: true })],
] as const)("%s waits for a second person where the policy says so", async ([act, attempt]) => {
  await vault.generate("data", inStrict)
  await set({ approvals: [act], profile: "personal" })
  expect(await attempt(vault)).toMatchObject({
    code: "APPROVAL_REQUIRED",
    detail: expect.stringMatching(new RegExp(`^approval: the policy of strict lets nobody ${act} `)),
  })
})

test("what needs approval to decrypt is decrypted by no other way either", async () => {
  await vault.generate("data", inStrict)
  const { ciphertext } = await vault.ask("key.encrypt", { name: "data", plaintext: utf8("x") })
  await set({ approvals: ["decrypt"], profile: "personal" })
  expect(await vault.refusal("key.decrypt", { name: "data", ciphertext: utf8(ciphertext) })).toMatchObject({
    code: "APPROVAL_REQUIRED",
  })
})

test("policy check finds what violates a policy that was set later, and key show tells of it", async () => {
  await vault.generate("old", { algorithm: "aes-128", ...inStrict })
  await vault.generate("elsewhere", { algorithm: "aes-128" })
  await set({ profile: "cnsa-2.0" })
  const { findings } = await vault.ask("policy.check", {})
  expect(findings.map(({ key, rule, severity }) => [key, rule, severity])).toEqual([
    ["old", "allowed-algorithm", "error"],
    ["old", "cryptoperiod", "warning"],
  ])
  const few = await vault.ask("policy.check", { limit: 1 })
  expect(few).toEqual({ counts: { error: 1, warning: 1 }, findings: findings.slice(0, 1) })
  const shown = await vault.ask("key.show", { name: "old" })
  expect(shown.findings).toEqual(findings.map(({ key: _, ...finding }) => finding))
  expect((await vault.ask("policy.check", { keyring: "personal" })).findings).toEqual([])
})

test("policy check counts for each key what key show says of it, whatever the limit", async () => {
  const algorithms = ["aes-128", "aes-256", "ed25519", "ec-p256"] as const
  for (const [at, algorithm] of [...algorithms, ...algorithms, ...algorithms].entries()) {
    const purpose = algorithm.startsWith("aes") ? "encryption" : "signature"
    const more = { ...(at % 3 === 0 ? { owner: `o${at}` } : {}), ...(at % 5 === 0 ? { rotateEvery: "90d" } : {}) }
    await vault.generate(`key ${at}`, { algorithm, purpose, ...more, ...inStrict })
  }
  await vault.ask("key.deactivate", { name: "key 0", reason: "its work is over" })
  await set({ profile: "cnsa-2.0", required: ["owner", "environment"], exportable: "never" })
  const expected = { error: 0, warning: 0 }
  for (let at = 0; at < 12; at += 1) {
    const { findings } = await vault.ask("key.show", { name: `key ${at}` })
    for (const { severity } of findings) expected[severity === "error" ? "error" : "warning"] += 1
  }
  for (const limit of [1, 7, 1000]) {
    const { counts, findings } = await vault.ask("policy.check", { limit })
    expect(counts).toEqual(expected)
    expect(findings).toHaveLength(Math.min(limit, expected.error + expected.warning))
  }
})

test("policy check tells what another policy would find, and leaves the one that holds", async () => {
  await vault.generate("old", { algorithm: "aes-128", ...inStrict })
  const { keyring } = inStrict
  const { findings } = await vault.ask("policy.check", { keyring, as: { profile: "cnsa-2.0" } })
  expect(findings.map(({ key, rule }) => [key, rule])).toEqual([
    ["old", "allowed-algorithm"],
    ["old", "cryptoperiod"],
  ])
  expect(await vault.ask("policy.check", {})).toEqual({ counts: { error: 0, warning: 0 }, findings: [] })
  expect(await vault.ask("keyring.policy", { name: keyring })).toMatchObject({ version: 0 })
})

const encrypt = () => vault.ask("key.encrypt", { name: "data", plaintext: utf8("x") })

test("after so many messages a version encrypts no more, until the key is rotated", async () => {
  await vault.generate("data", inStrict)
  await set({ profile: "personal", uses: { warnAt: 2, stopAt: 3 } })
  for (let messages = 0; messages < 3; messages += 1) await encrypt()
  expect(await vault.refusal("key.encrypt", { name: "data", plaintext: utf8("x") })).toMatchObject({
    code: "POLICY_DENIED",
    detail: expect.stringMatching(/^use-limit: .* key rotate data[.]$/),
  })
  await vault.ask("key.rotate", { name: "data" })
  await encrypt()
})

test("nobody is warned too late: the warning comes before the end", async () => {
  const set = { profile: "personal", uses: { warnAt: 3, stopAt: 2 } } as const
  expect(await vault.refusal("keyring.policy", { name: "strict", set })).toMatchObject({ code: "INVALID_INPUT" })
})

test("from the warning on, the use of a version is a finding", async () => {
  await vault.generate("data", inStrict)
  await set({ profile: "personal", uses: { warnAt: 2, stopAt: 3 } })
  await encrypt()
  expect(await vault.ask("key.show", { name: "data" })).toMatchObject({ findings: [] })
  await encrypt()
  const finding = { rule: "use-limit", severity: "warning" }
  expect(await vault.ask("key.show", { name: "data" })).toMatchObject({ findings: [finding] })
  expect(await vault.ask("policy.check", {})).toMatchObject({ findings: [{ ...finding, key: "data" }] })
})

test("uses are counted for good: after the vault was locked, in a batch's group, of data keys too", async () => {
  await vault.ask("key.generate", { name: "kek", algorithm: "aes-256", purpose: "key-wrapping", ...inStrict })
  const { wrapped } = await vault.ask("key.datakey", { name: "kek" })
  vault.lock()
  await vault.unlock()
  vault.claviger.group.begin()
  await vault.ask("key.rewrap", { name: "kek", wrapped: utf8(wrapped) })
  await vault.ask("key.datakey", { name: "kek", wrappedOnly: true })
  vault.claviger.group.commit()
  const { rows } = await vault.ask("audit.list", { key: "kek" })
  expect(rows.flatMap(({ detail }) => detail["seals"] ?? [])).toEqual([1, 2, 3])
})

test("a use that a group undid is not counted", async () => {
  await vault.generate("data")
  vault.claviger.group.begin()
  await encrypt()
  vault.claviger.group.rollback()
  await encrypt()
  const { rows } = await vault.ask("audit.list", { action: "key.encrypt" })
  expect(rows.map(({ detail }) => detail["seals"])).toEqual([1])
})
