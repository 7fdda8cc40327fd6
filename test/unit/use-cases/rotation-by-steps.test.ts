import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { RotatingVault } from "../../support/rotating-vault.ts"
import { editDatabase, internalsOf } from "../../support/vault-internals.ts"
import { type TestVault, utf8 } from "../../support/vaults.ts"

const day = 86_400_000
const beginning = Date.UTC(2026, 0, 1)

let rotating: RotatingVault
let vault: TestVault

beforeEach(async () => {
  rotating = await RotatingVault.create(beginning)
  vault = rotating.vault
})
afterEach(async () => {
  expect(vault.bugs).toEqual([])
  expect((await vault.ask("vault.verify", {})).problems).toEqual([])
  vault[Symbol.dispose]()
})

describe("a rotation by steps", () => {
  test("makes a version that does no work, tries both, switches, waits for the grace, and retires the old one", async () => {
    await vault.generate("app", { rotateEvery: "90d" })
    const before = await rotating.encrypted("before")
    const begun = await vault.ask("rotation.start", { name: "app", grace: "30d" })
    expect(begun).toMatchObject({ phase: "made", next: "test", fromVersion: 1, toVersion: 2, waitsFor: [] })
    expect(await rotating.states()).toEqual(["1 active", "2 pre-active"])
    expect(await rotating.advance()).toBe("test")
    expect((await vault.ask("key.show", { name: "app" })).currentVersion).toBe(1)
    expect(await rotating.advance()).toBe("switch")
    expect(await vault.ask("key.show", { name: "app" })).toMatchObject({
      currentVersion: 2,
      nextRotationAt: "2026-04-01T00:00:00.000Z",
    })
    const after = await rotating.encrypted("after")
    expect([await rotating.decrypted(before), await rotating.decrypted(after)]).toEqual(["before", "after"])

    expect(await vault.refusal("rotation.advance", { name: "app", confirmed: true })).toEqual({
      code: "STATE_DENIED",
      detail: "the grace ends at 2026-01-31T00:00:00.000Z",
    })
    vault.at = beginning + 30 * day
    expect(await vault.refusal("rotation.advance", { name: "app" })).toMatchObject({ code: "CONFIRMATION_REQUIRED" })
    expect(await rotating.advance("app", true)).toBe("retire")
    expect(await rotating.states()).toEqual(["1 deactivated", "2 active"])
    expect(await vault.ask("rotation.list", {})).toEqual({ rotations: [] })
    vault.at += 1
    expect(await vault.refusal("key.decrypt", { name: "app", ciphertext: new Uint8Array(before) })).toMatchObject({
      code: "STATE_DENIED",
    })
    expect(await rotating.decrypted(after)).toBe("after")
  })

  test("is found by its key's name or id, and keys that rotate otherwise are left out", async () => {
    for (const name of ["app", "other", "at rest"]) await vault.generate(name)
    for (const name of ["app", "other"]) await vault.ask("rotation.start", { name })
    const { id } = await vault.ask("key.show", { name: "app" })
    const found = async (...keys: string[]) =>
      (await vault.ask("rotation.list", { keys })).rotations.map(({ name }) => name)
    expect(await found(id)).toEqual(["app"])
    expect(await found("other", "at rest", id)).toEqual(["app", "other"])
    expect(await found()).toEqual([])
    expect(await vault.refusal("rotation.list", { keys: ["nowhere"] })).toMatchObject({ code: "NOT_FOUND" })
  })

  test("lets the old version decrypt, and protect nothing new", async () => {
    await rotating.switched()
    const named = { name: "app", version: 1, plaintext: utf8("text") }
    expect(await vault.refusal("key.encrypt", named)).toEqual({
      code: "STATE_DENIED",
      detail: "version 1 of app only decrypts and verifies: version 2 does its work",
    })
  })

  test("rests while it is paused", async () => {
    await vault.generate("app")
    await vault.ask("rotation.start", { name: "app" })
    await vault.ask("rotation.pause", { name: "app", reason: "holidays" })
    expect(await vault.refusal("rotation.advance", { name: "app" })).toMatchObject({ detail: "it is paused" })
    expect(await vault.refusal("rotation.pause", { name: "app" })).toMatchObject({ code: "STATE_DENIED" })
    await vault.ask("rotation.resume", { name: "app" })
    expect(await rotating.advance()).toBe("test")
    expect(await vault.refusal("rotation.resume", { name: "app" })).toMatchObject({ code: "STATE_DENIED" })
  })

  test("is one at a time for each key, and the other way to rotate waits for it", async () => {
    await vault.generate("app")
    await vault.ask("rotation.start", { name: "app" })
    for (const operation of ["rotation.start", "key.rotate"] as const) {
      expect(await vault.refusal(operation, { name: "app" })).toMatchObject({
        code: "STATE_DENIED",
        detail: "app rotates by steps already",
      })
    }
  })

  test("does not go on while its key is suspended", async () => {
    await rotating.switched()
    await vault.ask("key.suspend", { name: "app", reason: "under review" })
    vault.at = beginning + 31 * day
    expect(await vault.refusal("rotation.advance", { name: "app", confirmed: true })).toMatchObject({
      detail: "app is suspended",
    })
    await vault.ask("key.resume", { name: "app", reason: "all is well" })
    expect(await rotating.states()).toEqual(["1 active", "2 active"])
    expect(await rotating.advance("app", true)).toBe("retire")
  })
})

describe("the old version is retired", () => {
  test("also when it rests, and is not resumed after that", async () => {
    await rotating.switched()
    await vault.ask("key.suspend", { name: "app", version: 1, reason: "not needed" })
    vault.at = beginning + 31 * day
    expect(await rotating.advance("app", true)).toBe("retire")
    expect(await rotating.states()).toEqual(["1 deactivated", "2 active"])
  })

  test("also when the policy has come to allow no such key", async () => {
    await rotating.switched()
    await vault.ask("keyring.policy", { name: "personal", set: { profile: "personal", algorithms: ["rsa-4096"] } })
    vault.at = beginning + 31 * day
    expect(await rotating.advance("app", true)).toBe("retire")
  })
})

test("a rotation goes on when the destruction of its key was taken back", async () => {
  await vault.generate("app")
  await vault.ask("rotation.start", { name: "app" })
  await vault.ask("key.schedule-destroy", { name: "app", reason: "no longer needed" })
  await vault.ask("key.cancel-destroy", { name: "app" })
  await vault.ask("key.resume", { name: "app", reason: "needed after all" })
  expect(await rotating.states()).toEqual(["1 active", "2 pre-active"])
  expect(await rotating.advance()).toBe("test")
})

describe("a new version that was found unfit before the switch", () => {
  test("and is compromised never takes over", async () => {
    await vault.generate("app")
    await vault.ask("rotation.start", { name: "app" })
    await rotating.advance()
    await vault.ask("key.compromise", { name: "app", version: 2, reason: "leaked" })
    expect(await vault.refusal("rotation.advance", { name: "app" })).toEqual({
      code: "STATE_DENIED",
      detail: "version 2 is compromised: the rotation can only be rolled back",
    })
    await vault.ask("rotation.rollback", { name: "app", reason: "leaked" })
    expect(await rotating.states()).toEqual(["1 active", "2 compromised"])
    expect((await vault.ask("rotation.start", { name: "app" })).toVersion).toBe(3)
  })

  test("and waits for its destruction never takes over, so that the key does not go with it", async () => {
    await vault.generate("app")
    await vault.ask("rotation.start", { name: "app" })
    await rotating.advance()
    await vault.ask("key.schedule-destroy", { name: "app", version: 2, after: "7d", reason: "not that one" })
    expect(await vault.refusal("rotation.advance", { name: "app" })).toMatchObject({
      detail: "version 2 is pending-destruction: the rotation can only be rolled back",
    })
    await vault.ask("rotation.rollback", { name: "app", reason: "not that one" })
    expect(await rotating.states()).toEqual(["1 active", "2 pending-destruction"])
  })
})

test.for([0, 1, 2])(
  "a key that is compromised after %s steps is replaced at once, and the rotation by steps is over",
  async (steps) => {
    await vault.generate("app")
    await vault.ask("rotation.start", { name: "app" })
    for (let step = 0; step < steps; step += 1) await rotating.advance()
    await vault.ask("key.compromise", { name: "app", reason: "a laptop was stolen" })
    const { currentVersion } = await vault.ask("key.rotate", { name: "app" })
    expect(currentVersion).toBe(3)
    vault.at = beginning + 40 * day
    expect(await vault.refusal("rotation.advance", { name: "app", confirmed: true })).toMatchObject({
      code: "STATE_DENIED",
      detail: expect.stringContaining("app has another version by now"),
    })
    await vault.ask("rotation.rollback", { name: "app", reason: "it was compromised" })
    expect(await vault.ask("key.show", { name: "app" })).toMatchObject({ currentVersion: 3, state: "active" })
    expect((await rotating.states()).at(-1)).toBe("3 active")
  },
)

describe("both versions are tried", () => {
  test.for([
    ["ec-p256", "signature"],
    ["rsa-2048", "encryption"],
    ["ml-kem-768", "key-agreement"],
    ["x25519", "key-agreement"],
    ["x25519", "encryption"],
    ["hmac-sha256", "mac"],
    ["ed25519", "ssh"],
    ["ml-dsa-44", "signature"],
    ["secret", "secret"],
  ] as const)("of %s for %s", async ([algorithm, purpose]) => {
    await vault.generate("app", { algorithm, purpose })
    await vault.ask("rotation.start", { name: "app" })
    expect(await rotating.advance()).toBe("test")
    const { rows } = await vault.ask("audit.list", { action: "rotation.test" })
    expect(rows.map(({ detail }) => detail["version"]).toSorted()).toEqual([1, 2])
  })

  test("and a version whose material was damaged does not take over", async () => {
    await vault.generate("app")
    await vault.ask("rotation.start", { name: "app" })
    vault.lock()
    const internals = await internalsOf(vault.path)
    editDatabase(internals, (db) =>
      db.exec(
        "UPDATE materials SET sealed = zeroblob(length(sealed)) WHERE version_row = (SELECT row FROM key_versions WHERE version = 2)",
      ),
    )
    await vault.unlock()
    expect(await vault.refusal("rotation.advance", { name: "app" })).toMatchObject({ code: "INTEGRITY_FAILED" })
    expect(await vault.ask("rotation.show", { name: "app" })).toMatchObject({ phase: "made" })
    await vault.ask("rotation.rollback", { name: "app", reason: "it is damaged" })
  })
})

describe("keys that rotate by themselves", () => {
  const everyMonth = { rotateEvery: "30d", keyring: "services" } as const

  beforeEach(async () => {
    await vault.ask("keyring.create", { name: "services" })
    await vault.ask("keyring.policy", { name: "services", set: { automaticRotation: true } })
  })

  test("are those that are due, in the keyrings whose policy says so, and no others", async () => {
    await vault.generate("due", everyMonth)
    await vault.generate("elsewhere", { rotateEvery: "30d" })
    await vault.generate("later", { ...everyMonth, rotateEvery: "90d" })
    expect(await vault.ask("rotation.automatic", {})).toEqual({ rotated: [], notRotated: [] })
    vault.at = beginning + 31 * day
    expect(await vault.ask("rotation.automatic", {})).toEqual({ rotated: [{ key: "due", version: 2 }], notRotated: [] })
    expect(await vault.ask("rotation.automatic", {})).toEqual({ rotated: [], notRotated: [] })
    expect(await vault.ask("key.show", { name: "elsewhere" })).toMatchObject({ currentVersion: 1 })
    expect(await rotating.states("due")).toEqual(["1 deactivated", "2 active"])
  })

  test("are none that came from elsewhere, that rotate by steps, or that their policy forbids", async () => {
    await vault.ask("key.import", {
      name: "imported",
      file: utf8("00112233445566778899aabbccddeeff"),
      format: "hex",
      algorithm: "aes-128",
      ...everyMonth,
    })
    await vault.generate("by steps", everyMonth)
    await vault.ask("rotation.start", { name: "by steps" })
    vault.at = beginning + 31 * day
    expect(await vault.ask("rotation.automatic", {})).toEqual({
      rotated: [],
      notRotated: [
        { key: "by steps", why: "by steps rotates by steps already" },
        { key: "imported", why: "it was not made here, and may be in use elsewhere" },
      ],
    })
    await vault.ask("keyring.policy", { name: "services", set: { automaticRotation: true, approvals: ["rotate"] } })
    const { notRotated } = await vault.ask("rotation.automatic", {})
    expect(notRotated[0]?.why).toContain("approve")
  })
})
