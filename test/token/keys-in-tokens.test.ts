import { describe, expect, test } from "vitest"
import { mechanismsOf } from "../../main/crypto/algorithms/mechanisms.ts"
import { parseTokenUri } from "../../main/domain/token-uri.ts"
import type { Mechanism } from "../../preload/contract/values.ts"
import { isThere, run } from "../interop/program.ts"
import { utf8 } from "../support/vaults.ts"
import { opensslVerifies } from "./openssl-verifies.ts"
import { pin, softHsmModule, userPin } from "./soft-hsm.ts"
import { vaultBesideToken } from "./vault-beside-token.ts"

const token = "pkcs11:token=work"

/** As another program does it, in a process of its own. */
function renameInToken(id: string): void {
  const program = `
    const pkcs11js = require("pkcs11js"), library = new pkcs11js.PKCS11()
    library.load(${JSON.stringify(softHsmModule)})
    library.C_Initialize()
    for (const slot of library.C_GetSlotList(true)) {
      if (library.C_GetTokenInfo(slot).label.trim() !== "work") continue
      const session = library.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION | pkcs11js.CKF_RW_SESSION)
      library.C_Login(session, pkcs11js.CKU_USER, "${userPin}")
      library.C_FindObjectsInit(session, [{ type: pkcs11js.CKA_ID, value: Buffer.from("${id}", "hex") }])
      const found = library.C_FindObjects(session, 10)
      library.C_FindObjectsFinal(session)
      for (const key of found) library.C_SetAttributeValue(session, key, [{ type: pkcs11js.CKA_LABEL, value: "another name" }])
    }
    process.exit(0)`
  run(process.execPath, ["-e", program])
}
const signing = [
  "rsa-2048",
  "rsa-3072",
  "rsa-4096",
  "ec-p256",
  "ec-p384",
  "ec-p521",
  "ec-secp256k1",
  "ed25519",
] as const

describe.skipIf(!isThere("softhsm2-util") || !isThere("pkcs11-tool"))("keys in a token", () => {
  const beside = vaultBesideToken()

  test("rotates by steps: the new one is made and tried there, and removed again when it all is undone", async () => {
    await make("stepwise")
    const pinned = { name: "stepwise", pin: utf8(userPin) }
    const { toVersion } = await beside.vault.ask("rotation.start", { ...pinned, pin: utf8(userPin) })
    expect((await beside.vault.ask("rotation.advance", { ...pinned, pin: utf8(userPin) })).done).toBe("test")
    const made = async () => (await beside.vault.ask("key.show", { name: "stepwise" })).versions[toVersion - 1]
    const location = (await made())?.location ?? ""
    const idOf = parseTokenUri(location).id ?? new Uint8Array(0)
    const inToken = () =>
      beside.softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, "--list-objects")
    expect(inToken()).toContain(Buffer.from(idOf).toString("hex"))
    await beside.vault.ask("rotation.rollback", { name: "stepwise", reason: "not yet", pin: utf8(userPin) })
    expect(inToken()).not.toContain(Buffer.from(idOf).toString("hex"))
    expect(await made()).toMatchObject({ state: "destroyed" })
    await beside.vault.ask("rotation.start", { name: "stepwise", grace: "1h", pin: utf8(userPin) })
    await beside.vault.ask("rotation.advance", { name: "stepwise", pin: utf8(userPin) })
    await beside.vault.ask("rotation.advance", { name: "stepwise" })
    const { signature, keyVersion } = await sign("stepwise")
    expect(keyVersion).toBe(3)
    expect(await verifies("stepwise", signature)).toBe(true)
  })

  const make = (name: string, algorithm: (typeof signing)[number] = "ec-p256") =>
    beside.vault.ask("key.generate", { name, algorithm, token, pin: utf8(userPin) })

  async function publicKeyOf(name: string): Promise<string> {
    const asked = { name, format: "spki-pem", protection: { kind: "public" } } as const
    return Buffer.from((await beside.vault.ask("key.export", asked)).exported).toString()
  }

  const sign = async (name: string, mechanism?: Mechanism) =>
    await beside.vault.ask("key.sign", {
      name,
      message: utf8("a message"),
      ...(mechanism === undefined ? {} : { mechanism }),
    })

  const verifies = async (name: string, signature: Uint8Array<ArrayBuffer>, version?: number) =>
    (
      await beside.vault.ask("key.verify", {
        name,
        message: utf8("a message"),
        signature,
        ...(version === undefined ? {} : { version }),
      })
    ).valid

  /** What is in the token, as another program sees it. */
  const objectsNow = () =>
    beside.softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, "--list-objects")

  describe.for(signing)("%s", (algorithm) => {
    const name = `signs-${algorithm}`

    test("a key is made, and is said to be in the token and never to leave it", async () => {
      const made = await make(name, algorithm)
      expect(made).toMatchObject({ algorithm, exportable: "never", origin: "generated", state: "active" })
      expect(parseTokenUri(made.location)).toMatchObject({ token: "work", object: name, type: "private" })
    })

    test.for(mechanismsOf(algorithm, "sign").map((mechanism) => ({ mechanism })))(
      "OpenSSL verifies what it signs with $mechanism",
      async ({ mechanism }) => {
        const { signature } = await sign(name, mechanism)
        expect(opensslVerifies(await publicKeyOf(name), mechanism, "a message", signature)).toBe(true)
      },
    )
  })

  test("another program reads back that a key has one job, and that it does not leave", async () => {
    await make("one-job", "rsa-2048")
    const list = objectsNow()
    const described = (kind: string) =>
      list.split(/\n(?=\S)/).find((part) => part.startsWith(kind) && part.includes("label:      one-job"))
    expect(described("Private Key Object")).toMatch(/Usage: +sign\n/)
    expect(described("Private Key Object")).toMatch(/Access: +sensitive, always sensitive, never extractable, local/)
    expect(described("Public Key Object")).toMatch(/Usage: +verify\n/)
  })

  test("an object says the same through us", async () => {
    const { location } = await make("told")
    const { objects } = await beside.vault.ask("token.objects", { uri: location, pin: utf8(userPin) })
    expect(objects).toMatchObject([
      {
        uri: location,
        kind: "private-key",
        algorithm: "ec-p256",
        claims: { sensitive: true, extractable: false, local: true },
      },
    ])
  })

  test("no key leaves: neither as it is made nor later", async () => {
    const wanted = { name: "leaves", algorithm: "ec-p256", token, pin: utf8(userPin), exportable: "yes" } as const
    expect(await beside.vault.refusal("key.generate", wanted)).toMatchObject({ code: "POLICY_DENIED" })
    await make("stays")
    const asked = {
      name: "stays",
      format: "pkcs8-encrypted",
      protection: { kind: "encrypted", passphrase: utf8("correct horse") },
    } as const
    expect(await beside.vault.refusal("key.export", asked)).toMatchObject({ code: "POLICY_DENIED" })
    expect(await beside.vault.refusal("key.set", { name: "stays", exportable: "yes" })).toMatchObject({
      code: "POLICY_DENIED",
    })
  })

  test("a key that the vault does not take is not left in the token", async () => {
    const asked = { name: "homeless", algorithm: "ec-p256", token, pin: utf8(userPin) } as const
    await expect(beside.vault.ask("key.generate", { ...asked, keyring: "no such" })).rejects.toMatchObject({
      failure: { code: "NOT_FOUND" },
    })
    expect(objectsNow()).not.toContain("homeless")
  })

  test("what no token makes is refused", async () => {
    const asked = { name: "lattice", algorithm: "ml-dsa-65", token, pin: utf8(userPin) } as const
    expect(await beside.vault.refusal("key.generate", asked)).toMatchObject({ code: "INVALID_INPUT" })
  })

  test("a rotated key has a new object; the old version verifies, and signs no more", async () => {
    const before = await make("rotates")
    const { signature: old } = await sign("rotates")
    const after = await beside.vault.ask("key.rotate", { name: "rotates" })
    expect(after).toMatchObject({ currentVersion: 2, exportable: "never" })
    expect(after.location).not.toBe(before.location)
    expect(parseTokenUri(after.location)).toMatchObject({ token: "work", object: "rotates" })
    expect(await verifies("rotates", (await sign("rotates")).signature, 2)).toBe(true)
    expect(await verifies("rotates", old)).toBe(true)
    expect(await verifies("rotates", old, 2)).toBe(false)
    const withOld = { name: "rotates", version: 1, message: utf8("a message") }
    expect(await beside.vault.refusal("key.sign", withOld)).toMatchObject({ code: "STATE_DENIED" })
  })

  test("a key that is in a token gets no version from a file", async () => {
    await make("no-file")
    const material = { file: utf8("-----BEGIN PRIVATE KEY-----") }
    expect(await beside.vault.refusal("key.rotate", { name: "no-file", material })).toMatchObject({
      code: "INVALID_INPUT",
    })
  })

  test("a destroyed key has no object left, and its certificate tells how it went", async () => {
    await make("destroyed")
    expect(objectsNow().match(/label: +destroyed\n/g)).toHaveLength(2)
    const destroy = { name: "destroyed", reason: "test", confirmed: true }
    const { certificate } = await beside.vault.ask("key.destroy", destroy)
    expect(certificate.method).toBe("The objects were deleted in the token and are no longer found there.")
    expect(objectsNow()).not.toMatch(/label: +destroyed\n/)
  })

  test("the destruction of a key that is gone already, as after a crash, is completed and says so", async () => {
    const { location } = await make("half-gone")
    const client = beside.softHsm.client()
    using user = pin()
    await client.destroy(parseTokenUri(location), user)
    client.close()
    const destroy = { name: "half-gone", reason: "test", confirmed: true }
    const { certificate } = await beside.vault.ask("key.destroy", destroy)
    expect(certificate.method).toBe("Nothing of the key was found in the token any more.")
    expect(await beside.vault.ask("key.show", { name: "half-gone" })).toMatchObject({ state: "destroyed" })
  })

  test("a key that another program gave another name is used and destroyed all the same", async () => {
    const { location } = await make("renamed")
    const id = Buffer.from(parseTokenUri(location).id ?? []).toString("hex")
    const there = ["--token-label", "work", "--login", "--pin", userPin, "--id", id]
    renameInToken(id)
    expect(beside.softHsm.pkcs11Tool(...there, "--list-objects")).toContain("label:      another name")
    await sign("renamed")
    await beside.vault.ask("key.destroy", { name: "renamed", reason: "test", confirmed: true })
    expect(objectsNow()).not.toContain(id)
  })

  test("trimming deletes the objects of old versions, and keeps the new one's", async () => {
    await make("trimmed")
    await beside.vault.ask("key.rotate", { name: "trimmed" })
    await beside.vault.ask("key.trim", { name: "trimmed", below: 2, confirmed: true })
    expect(objectsNow().match(/label: +trimmed\n/g)).toHaveLength(2)
    expect(await verifies("trimmed", (await sign("trimmed")).signature)).toBe(true)
  })

  test("a vault with keys in tokens is as it should be", async () => {
    await make("verified")
    await beside.vault.ask("key.rotate", { name: "verified" })
    expect(await beside.vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
  })

  test("a key that another program deletes signs no more, though it was just found", async () => {
    await make("deleted")
    await sign("deleted")
    const remove = ["--token-label", "work", "--login", "--pin", userPin, "--label", "deleted", "--delete-object"]
    beside.softHsm.pkcs11Tool(...remove, "--type", "privkey")
    const asked = { name: "deleted", message: utf8("m") }
    expect(await beside.vault.refusal("key.sign", asked)).toMatchObject({ code: "TOKEN_ERROR" })
    expect(await beside.vault.refusal("key.sign", asked)).toMatchObject({ code: "NOT_FOUND" })
  })

  test("a locked vault has logged out: the next signature wants the PIN", async () => {
    await make("logged-out")
    await sign("logged-out")
    await beside.vault.ask("vault.lock", {})
    await beside.vault.unlock()
    expect(await beside.vault.refusal("key.sign", { name: "logged-out", message: utf8("m") })).toMatchObject({
      code: "PIN_INCORRECT",
      detail: "a PIN is needed",
    })
    await beside.vault.ask("key.sign", { name: "logged-out", message: utf8("m"), pin: utf8(userPin) })
  })

  test("the log tells what was done, and no PIN", async () => {
    const { rows } = await beside.vault.ask("audit.list", { limit: 500 })
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["key.generate", "key.sign", "key.destroy"]),
    )
    expect(JSON.stringify(rows)).not.toContain(userPin)
  })
})
