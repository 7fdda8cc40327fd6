import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { formatTokenUri, parseTokenUri } from "../../../main/domain/token-uri.ts"
import { TestVault, utf8 } from "../../support/vaults.ts"
import { pin, soPin } from "../soft-hsm.ts"
import { testConformance } from "./conformance.ts"
import { type OpenModule, userPin } from "./module-under-test.ts"
import { nss } from "./nss.ts"
import { otherProgram } from "./other-program.ts"
import { Subject } from "./subject.ts"

testConformance(nss, (subject) => {
  test("it has no SO who could give the user a PIN", async () => {
    using so = pin(soPin)
    using user = pin("975310")
    await expect(subject().client.setUserPin(subject().token, so, user)).rejects.toMatchObject({
      code: "TOKEN_ERROR",
      detail: "C_Login: CKR_USER_TYPE_INVALID (it has no such user)",
    })
  })
})

const label = "NSS Certificate DB"

/** A pair on P-256 with an id of the caller's choice. */
const makePair = (id: Uint8Array) => `
  const id = Buffer.from("${Buffer.from(id).toString("hex")}", "hex")
  const yes = (type) => ({ type: pkcs11js[type], value: true })
  const curve = { type: pkcs11js.CKA_EC_PARAMS, value: Buffer.from("06082a8648ce3d030107", "hex") }
  const common = [yes("CKA_TOKEN"), { type: pkcs11js.CKA_ID, value: id }]
  const mechanism = { mechanism: pkcs11js.CKM_EC_KEY_PAIR_GEN }
  library.C_GenerateKeyPair(session, mechanism, [...common, curve, yes("CKA_VERIFY")], [...common, yes("CKA_PRIVATE"), yes("CKA_SIGN")])`

describe.skipIf(nss.reasonAgainst() !== null)("NSS softoken, which breaks what it promises", () => {
  let open: OpenModule
  let vault: TestVault
  let token: string

  beforeAll(async () => {
    const subject = await Subject.of(nss)
    open = subject.open
    subject.client.close()
    vault = await TestVault.create()
    await vault.ask("token.modules.add", { path: open.library, parameters: open.parameters ?? "" })
    token = formatTokenUri({ ...subject.token, modulePath: open.library })
  })

  afterAll(() => {
    expect(vault.bugs).toEqual([])
    vault[Symbol.dispose]()
    open[Symbol.dispose]()
  })

  const make = (name: string) => vault.ask("key.generate", { name, algorithm: "ec-p256", token, pin: utf8(userPin) })
  const idOf = ({ location }: { readonly location: string }) => parseTokenUri(location).id ?? new Uint8Array(0)

  test("no id is given twice: each key that is made keeps working", async () => {
    const [one, two] = [await make("one"), await make("two")]
    expect(Buffer.from(idOf(one)).equals(idOf(two))).toBe(false)
    for (const name of ["one", "two"]) {
      const { signature } = await vault.ask("key.sign", { name, message: utf8("a message") })
      const asked = { name, message: utf8("a message"), signature }
      expect(await vault.ask("key.verify", asked)).toMatchObject({ valid: true })
    }
  })

  test("a key that another program overwrites by its id is no longer taken for the one that it was", async () => {
    const id = idOf(await make("overwritten"))
    await vault.ask("vault.lock", {})
    otherProgram(open, label, makePair(id))
    await vault.unlock()
    const asked = { name: "overwritten", message: utf8("a message"), pin: utf8(userPin) }
    expect(await vault.refusal("key.sign", asked)).toMatchObject({ code: "TOKEN_ERROR" })
    const { tokens } = await vault.ask("token.health", { uri: token, pin: utf8(userPin) })
    expect(tokens).toMatchObject([{ outcome: "failed" }])
    expect(tokens[0]?.checks).toContainEqual(
      expect.objectContaining({ check: "self-test", says: expect.stringMatching(/^overwritten: [^;]*$/) }),
    )
  })

  test("it gives out a key that it says it keeps, and is told as software", async () => {
    const opened = otherProgram(
      open,
      label,
      `const yes = (type) => ({ type: pkcs11js[type], value: true }), no = (type) => ({ type: pkcs11js[type], value: false })
      const size = { type: pkcs11js.CKA_VALUE_LEN, value: 32 }, mechanism = { mechanism: pkcs11js.CKM_AES_KEY_GEN }
      const kept = library.C_GenerateKey(session, mechanism, [no("CKA_TOKEN"), size, yes("CKA_SENSITIVE"), no("CKA_EXTRACTABLE"), yes("CKA_ENCRYPT")])
      const wrapping = library.C_GenerateKey(session, mechanism, [no("CKA_TOKEN"), size, yes("CKA_WRAP"), yes("CKA_DECRYPT")])
      const cbc = { mechanism: pkcs11js.CKM_AES_CBC, parameter: Buffer.alloc(16) }
      const wrapped = library.C_WrapKey(session, cbc, wrapping, kept, Buffer.alloc(64))
      library.C_DecryptInit(session, cbc, wrapping)
      print(String(library.C_Decrypt(session, wrapped, Buffer.alloc(64)).length))`,
    )
    expect(opened).toBe("32")
    expect(await vault.ask("token.show", { uri: token })).toMatchObject({ isHardware: false })
  })
})

describe.skipIf(nss.reasonAgainst() !== null)("NSS softoken that is set up anew", () => {
  test("forgets its PIN and its private keys whatever the SO PIN is, and keeps its name", async () => {
    using subject = await Subject.of(nss)
    using so = pin("any PIN will do")
    await subject.generate("ec-p256", "erased")
    const { label, userPin } = await subject.client.initialise(subject.token, "renamed", so)
    expect({ label, userPin }).toEqual({ label: "NSS Certificate DB", userPin: "unset" })
    const left = await subject.client.objects(subject.token, null)
    expect(left.map(({ kind }) => kind)).toEqual(["public-key"])
  })
})
