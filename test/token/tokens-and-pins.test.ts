import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { Secret } from "../../main/domain/secret.ts"
import { parseTokenUri } from "../../main/domain/token-uri.ts"
import type { TokenClient } from "../../main/token/token-client.ts"
import { isThere } from "../interop/program.ts"
import { clientOf } from "./client-of.ts"
import { pin, SoftHsm, softHsmModule, soPin, userPin } from "./soft-hsm.ts"

const otherLibrary = join(import.meta.dirname, "..", "..", "native", "build", "Release", "claviger.node")
const uri = parseTokenUri("pkcs11:token=first")

describe.skipIf(!isThere("softhsm2-util") || !isThere("pkcs11-tool"))("tokens of SoftHSM", () => {
  let softHsm: SoftHsm
  let client: TokenClient

  beforeEach(() => {
    softHsm = new SoftHsm()
    softHsm.token("first")
    client = softHsm.client()
  })

  afterEach(() => {
    client.close()
    softHsm[Symbol.dispose]()
  })

  /** Whether SoftHSM takes the PIN, as another program finds. */
  function opens(kind: "user" | "so", text: string): boolean {
    const asUser = ["--pin", text, "--list-objects"]
    const asOfficer = ["--login-type", "so", "--so-pin", text, "--init-pin", "--new-pin", userPin]
    try {
      softHsm.pkcs11Tool("--token-label", "first", "--login", ...(kind === "user" ? asUser : asOfficer))
      return true
    } catch {
      return false
    }
  }

  test("the library tells its version, its slots, and what the tokens in them can do", async () => {
    expect(await client.modules()).toMatchObject([
      {
        path: softHsmModule,
        state: "usable",
        library: { description: "Implementation of PKCS11", manufacturer: "SoftHSM", cryptoki: "2.40" },
        slots: 2,
        mechanisms: expect.arrayContaining(["CKM_ECDSA", "CKM_AES_GCM"]),
      },
    ])
  })

  test.for([
    ["a text", "/etc/passwd"],
    ["a library of something else", otherLibrary],
  ] as const)("%s is not taken for a library of tokens, and not kept", async ([, path]) => {
    await expect(client.addModule(path, null)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      detail: expect.stringMatching(/^module: it is no PKCS#11 library that can be loaded: \S/),
    })
    expect((await client.modules()).map(({ path: known }) => known)).toEqual([softHsmModule])
  })

  test("a library that does not start is kept, and told of: it may start another time", async () => {
    const before = process.env["SOFTHSM2_CONF"]
    process.env["SOFTHSM2_CONF"] = "/nowhere"
    const alone = clientOf(join(softHsm.tokens, ".."), [])
    expect(await alone.addModule(softHsmModule, null)).toMatchObject({ state: "failed", reason: expect.any(String) })
    process.env["SOFTHSM2_CONF"] = before
    expect(await alone.modules()).toMatchObject([{ path: softHsmModule, state: "usable" }])
    alone.close()
  })

  test("one of several tokens, and an empty place, is meant by its slot-id alone", async () => {
    softHsm.token("second")
    for (const { slotId, uri: found } of await client.tokens())
      expect(await client.find(parseTokenUri(`pkcs11:slot-id=${slotId}`))).toMatchObject({ uri: found })
  })

  test("who names a library that is not in use is told that, and not only that the token is away", async () => {
    const elsewhere = parseTokenUri("pkcs11:token=first?module-path=/opt/vendor/pkcs11.so")
    await expect(client.find(elsewhere)).rejects.toMatchObject({
      code: "TOKEN_ABSENT",
      detail: expect.stringContaining("/opt/vendor/pkcs11.so is none of the libraries in use"),
    })
  })

  test("a PIN that is no text is not tried, and it is told why", async () => {
    using wrong = new Secret(Uint8Array.of(0xff, 0xfe, 0xfd, 0xfc))
    await expect(client.objects(uri, wrong)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      detail: "pin: is no UTF-8 text, and was not tried",
    })
    expect(await client.find(uri)).toMatchObject({ userPin: "set" })
  })

  test("a token and an empty place are listed as they are", async () => {
    const tokens = await client.tokens()
    expect(tokens.toSorted((a, b) => Number(a.isInitialised) - Number(b.isInitialised))).toMatchObject([
      { isInitialised: false, userPin: "unset" },
      {
        label: "first",
        model: "SoftHSM v2",
        manufacturer: "SoftHSM project",
        isInitialised: true,
        isHardware: false,
        userPin: "set",
        soPin: "set",
        pinLength: { least: 4, most: 255 },
        mechanisms: expect.arrayContaining(["CKM_ECDSA", "CKM_EDDSA", "CKM_RSA_PKCS_PSS", "CKM_AES_KEY_GEN"]),
      },
    ])
  })

  test("a token's own URI finds it", async () => {
    const token = await client.find(uri)
    expect(await client.find(parseTokenUri(token.uri))).toEqual(token)
  })

  test("what is not there is absent", async () => {
    await expect(client.find(parseTokenUri("pkcs11:token=second"))).rejects.toMatchObject({ code: "TOKEN_ABSENT" })
  })

  test("one of fifty tokens is found among the others", async () => {
    for (let count = 1; count <= 50; count++) softHsm.token(`rack-${count}`)
    expect((await client.tokens()).filter(({ label }) => label.startsWith("rack-"))).toHaveLength(50)
    expect(await client.find(parseTokenUri("pkcs11:token=rack-37"))).toMatchObject({ label: "rack-37" })
  })

  test("a URI that means two tokens is refused", async () => {
    softHsm.token("first")
    await expect(client.find(uri)).rejects.toMatchObject({ code: "INVALID_INPUT" })
  })

  test("a new token has its label, its SO's PIN and no user's", async () => {
    using so = pin("87654321")
    const empty = (await client.tokens()).find(({ isInitialised }) => !isInitialised)
    const made = await client.initialise(parseTokenUri(`${empty?.uri}`), "second", so)
    expect(made).toMatchObject({ label: "second", isInitialised: true, userPin: "unset" })
    expect(softHsm.pkcs11Tool("--list-slots")).toContain("token label        : second")
  })

  test("setting a token up again empties it, and takes the SO's PIN that it has", async () => {
    softHsm.pkcs11Tool("--token-label", "first", "--login", "--pin", userPin, "-k", "--key-type", "EC:prime256v1")
    using so = pin(soPin)
    await client.initialise(uri, "first", so)
    await expect(client.objects(uri, null)).resolves.toEqual([])
  })

  test("setting a token up again with another SO PIN than its own is refused", async () => {
    using so = pin("99999999")
    await expect(client.initialise(uri, "first", so)).rejects.toMatchObject({ code: "PIN_INCORRECT" })
  })

  test.for(["a label of 33 bytes is one too many", "ä".repeat(17)])("a longer label is refused: %s", async (label) => {
    using so = pin(soPin)
    await expect(client.initialise(uri, label, so)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      detail: "label: has more than 32 bytes",
    })
  })

  test("the SO gives the user another PIN", async () => {
    using so = pin(soPin)
    using next = pin("geheim-é")
    expect(await client.setUserPin(uri, so, next)).toMatchObject({ userPin: "set" })
    expect(opens("user", "geheim-é")).toBe(true)
    expect(opens("user", userPin)).toBe(false)
  })

  test.for([
    ["user", userPin],
    ["so", soPin],
  ] as const)("the %s's PIN is changed by who knows it", async ([kind, text]) => {
    using old = pin(text)
    using next = pin("7777-7777")
    await client.changePin(uri, kind, old, next)
    expect(opens(kind, "7777-7777")).toBe(true)
    expect(opens(kind, text)).toBe(false)
  })

  test.for(["user", "so"] as const)("a wrong PIN of the %s changes nothing", async (kind) => {
    using old = pin("000000")
    using next = pin("7777-7777")
    await expect(client.changePin(uri, kind, old, next)).rejects.toMatchObject({ code: "PIN_INCORRECT" })
    expect(opens(kind, kind === "so" ? soPin : userPin)).toBe(true)
  })

  test.for(["1", "123"])("a new PIN that is too short is not sent: %s", async (text) => {
    using so = pin(soPin)
    using next = pin(text)
    await expect(client.setUserPin(uri, so, next)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      detail: "newPin: this token takes PINs of 4 to 255 bytes",
    })
    expect(opens("user", userPin)).toBe(true)
  })

  test("what was changed is what the next call sees", async () => {
    using so = pin(soPin)
    using next = pin("7777-7777")
    using wrong = pin(userPin)
    await client.setUserPin(uri, so, next)
    await expect(client.objects(uri, wrong)).rejects.toMatchObject({ code: "PIN_INCORRECT" })
    await expect(client.objects(uri, next)).resolves.toEqual([])
  })
})
