import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { OperationName, RequestOf } from "../../../preload/contract/index.ts"
import { passphrase, TestVault, utf8 } from "../../support/vaults.ts"

const noon = Date.parse("2026-03-01T12:00:00Z")
const reason = "project ended"
const detail = (what: string, name = what) =>
  `${what} waits for its destruction at 2026-03-31T12:00:00.000Z, and the log has an alert that it was wanted: key cancel-destroy ${name}`

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create({ at: noon, actor: "ann" })
})
afterEach(async () => {
  expect(vault.bugs).toEqual([])
  expect((await vault.ask("vault.verify", {})).problems).toEqual([])
  vault[Symbol.dispose]()
})

const letWait = (name: string) => vault.ask("key.schedule-destroy", { name, reason })

async function findings(name: string) {
  return (await vault.ask("key.show", { name })).findings
}

async function alerts(key: string): Promise<unknown[]> {
  const { rows } = await vault.ask("audit.list", { key, outcome: "denied" })
  return rows.filter((row) => "alert" in row.detail).map((row) => [row.action, row.target, row.detail["asked"]])
}

/** Refused in so many words, in the log as an alert about the key that waits, and a finding of it. */
async function expectAlert<Name extends OperationName>(
  waiting: string,
  operation: Name,
  request: RequestOf<Name>,
  asked: string | null = waiting,
): Promise<void> {
  expect(await vault.refusal(operation, request)).toMatchObject({
    code: "STATE_DENIED",
    detail: expect.stringMatching(`^(version \\d of )?${waiting} waits for its destruction at .*the log has an alert`),
  })
  expect(await alerts(waiting)).toEqual([[operation, waiting, asked]])
  expect((await findings(waiting))[0]).toEqual({
    rule: "wanted-while-waiting",
    severity: "error",
    message: `It waits for its destruction, and was wanted once since, last by ann at 2026-03-01T12:00:00.000Z (${operation}).`,
    fix: `Keep it: key cancel-destroy ${waiting}.`,
  })
}

describe("who wants a key that waits for its destruction is refused and told, and an alert is in the log, when it is", () => {
  test("encryption and decryption", async () => {
    await vault.generate("a")
    const { ciphertext } = await vault.ask("key.encrypt", { name: "a", plaintext: utf8("x") })
    await letWait("a")
    expect(await vault.refusal("key.encrypt", { name: "a", plaintext: utf8("x") })).toEqual({
      code: "STATE_DENIED",
      detail: detail("a"),
    })
    await vault.refusal("key.decrypt", { name: "a", ciphertext: utf8(ciphertext) })
    expect(await alerts("a")).toEqual([
      ["key.encrypt", "a", "a"],
      ["key.decrypt", "a", "a"],
    ])
    expect((await findings("a"))[0]?.message).toContain("was wanted 2 times since, last by ann")
  })

  test("an old version alone", async () => {
    await vault.generate("a")
    const { ciphertext } = await vault.ask("key.encrypt", { name: "a", plaintext: utf8("x") })
    await vault.ask("key.rotate", { name: "a" })
    await vault.ask("key.schedule-destroy", { name: "a", version: 1, reason })
    await expectAlert("a", "key.decrypt", { name: "a", ciphertext: utf8(ciphertext) })
  })

  test.for(["key.sign", "key.verify"] as const)("%s", async (operation) => {
    await vault.ask("key.generate", { name: "a", algorithm: "ed25519", purpose: "signature" })
    await letWait("a")
    const message = utf8("x")
    if (operation === "key.sign") await expectAlert("a", operation, { name: "a", message })
    else await expectAlert("a", operation, { name: "a", message, signature: new Uint8Array(64) })
  })

  test.for(["key.datakey", "rotation.start", "key.rotate"] as const)("%s", async (operation) => {
    await vault.generate("a", { purpose: "key-wrapping" })
    await letWait("a")
    await expectAlert("a", operation, { name: "a" })
  })

  test("derivation from it", async () => {
    await vault.ask("key.generate", { name: "a", algorithm: "x25519", purpose: "key-agreement" })
    const { publicKey } = await peer()
    await letWait("a")
    await expectAlert("a", "key.derive", { name: "a", peer: publicKey })
  })

  test("wrapping it under another key, which is not the one that the alert is about", async () => {
    await vault.generate("wrapper", { purpose: "key-wrapping" })
    await vault.generate("a", { exportable: "yes" })
    await letWait("a")
    await expectAlert("a", "key.wrap", { name: "wrapper", secret: { key: "a" } }, "wrapper")
    expect(await alerts("wrapper")).toEqual([])
  })

  test("another key that is to depend on it", async () => {
    await vault.generate("a")
    await vault.generate("b")
    await letWait("a")
    await expectAlert("a", "key.relate", { name: "b", kind: "depends-on", other: "a" }, "b")
  })

  test("a data key that is to be left here under it", async () => {
    await vault.generate("a", { purpose: "key-wrapping" })
    const { wrapped } = await vault.ask("key.datakey", { name: "a", wrappedOnly: true })
    await letWait("a")
    await expectAlert("a", "key.register-datakey", { name: "a", label: "files", wrapped: utf8(wrapped) })
  })

  test("its export", async () => {
    await vault.generate("a", { exportable: "yes" })
    await letWait("a")
    await expectAlert("a", "key.export", {
      name: "a",
      format: "raw",
      protection: { kind: "plaintext", confirmed: true, passphrase: passphrase() },
    })
  })

  test("a seed that is to be shown", async () => {
    await vault.ask("seed.generate", { name: "a", words: 12 })
    await vault.ask("seed.schedule-destroy", { name: "a", reason })
    await expectAlert("a", "seed.reveal", { name: "a", confirmed: true, passphrase: passphrase() })
  })
})

test("policy check names it before all else, whatever the policy, until the key is kept", async () => {
  await vault.generate("a")
  await vault.generate("b")
  await letWait("a")
  await letWait("b")
  expect(await vault.ask("policy.check", {})).toMatchObject({ counts: { error: 0 } })
  await vault.refusal("key.encrypt", { name: "a", plaintext: utf8("x") })
  expect(await vault.ask("policy.check", {})).toMatchObject({
    counts: { error: 1, warning: 0 },
    findings: [{ rule: "wanted-while-waiting", key: "a" }],
  })
  await vault.ask("keyring.create", { name: "other" })
  expect((await vault.ask("policy.check", { keyring: "other" })).findings).toEqual([])
  await vault.ask("key.cancel-destroy", { name: "a" })
  expect((await vault.ask("policy.check", {})).findings).toEqual([])
  expect(await findings("a")).toEqual([])
})

test("what was wanted before an earlier wait that was taken back is no alert of the next one", async () => {
  await vault.generate("a")
  await letWait("a")
  await vault.refusal("key.encrypt", { name: "a", plaintext: utf8("x") })
  await vault.ask("key.cancel-destroy", { name: "a" })
  vault.at = noon + 86_400_000
  await letWait("a")
  expect((await findings("a")).map(({ rule }) => rule)).toEqual(["destruction-pending"])
})

async function peer(): Promise<{ readonly publicKey: Uint8Array<ArrayBuffer> }> {
  await vault.ask("key.generate", { name: "peer", algorithm: "x25519", purpose: "key-agreement" })
  const { exported: publicKey } = await vault.ask("key.export", {
    name: "peer",
    format: "spki-pem",
    protection: { kind: "public" },
  })
  return { publicKey }
}
