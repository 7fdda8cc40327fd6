import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import type { KeyAlgorithm, Purpose } from "../../../preload/contract/values.ts"
import { type TestVault, utf8 } from "../../support/vaults.ts"
import { userPin } from "../soft-hsm.ts"
import type { HostileModule } from "./hostile-module.ts"
import { isHostileMissing, VaultBesideHostile } from "./vault-beside-hostile.ts"

describe.skipIf(isHostileMissing)("a library that misbehaves with what it is given", () => {
  let beside: VaultBesideHostile
  let hostile: HostileModule
  let vault: TestVault
  let token: string
  let sealed: string

  beforeAll(async () => {
    beside = await VaultBesideHostile.start()
    ;({ vault, hostile, token } = beside)
    await make("secrets", "aes-256", "encryption")
    await make("kek", "aes-256", "key-wrapping")
    await vault.ask("key.generate", { name: "traveller", algorithm: "aes-256", exportable: "wrapped" })
    sealed = (await encrypt()).ciphertext
  })

  afterEach(() => hostile.behave())

  afterAll(() => {
    expect(vault.bugs).toEqual([])
    beside[Symbol.dispose]()
  })

  const pin = () => ({ pin: utf8(userPin) })
  const make = (name: string, algorithm: KeyAlgorithm, purpose: Purpose) =>
    vault.ask("key.generate", { name, algorithm, purpose, token, ...pin() })
  const message = () => ({ name: "secrets", plaintext: utf8("a message that nobody reads"), ...pin() })
  const encrypt = () => vault.ask("key.encrypt", message())
  const ciphertext = () => ({ name: "secrets", ciphertext: utf8(sealed), ...pin() })
  const datakey = () => ({ name: "kek", ...pin() })
  const bring = () => ({ uri: token, name: "brought", key: "traveller", ...pin() })

  test.for([
    ["C_Encrypt garbage", /does not open again/],
    ["C_Encrypt clear", /does not open again/],
    ["C_Encrypt empty", /does not open again/],
    ["C_Encrypt oversize", /./],
    ["C_Encrypt hang", /hangs/],
    ["C_Encrypt segv", /SIGSEGV/],
    ["C_Encrypt unknown", /./],
    ["C_Decrypt garbage", /does not open again/],
  ] as const)("%s: nothing is handed out that does not open again", async ([fault, detail]) => {
    hostile.fault(fault)
    const failure = await vault.refusal("key.encrypt", message())
    expect(failure).toMatchObject({ code: "TOKEN_ERROR", detail: expect.stringMatching(detail) })
    hostile.behave()
    await encrypt()
  })

  test.for(["C_Decrypt hang", "C_Decrypt segv", "C_Decrypt oversize", "C_Decrypt unknown", "C_Decrypt session"])(
    "%s: decrypting fails as the token's error, and the next time it works",
    async (fault) => {
      hostile.fault(fault)
      expect(await vault.refusal("key.decrypt", ciphertext())).toMatchObject({ code: "TOKEN_ERROR" })
      hostile.behave()
      const { plaintext } = await vault.ask("key.decrypt", ciphertext())
      expect(Buffer.from(plaintext).toString()).toBe("a message that nobody reads")
    },
  )

  test.for([
    "C_WrapKey garbage",
    "C_WrapKey empty",
    "C_WrapKey hang",
    "C_UnwrapKey segv",
    "C_GetAttributeValue shared",
  ])("%s: no data key is made, and the next time it works", async (fault) => {
    await vault.ask("key.datakey", datakey())
    hostile.fault(fault)
    expect(await vault.refusal("key.datakey", datakey())).toMatchObject({ code: "TOKEN_ERROR" })
    hostile.behave()
    await vault.ask("key.datakey", datakey())
  })

  test.for([
    "C_GetAttributeValue insensitive",
    "C_GetAttributeValue extractable",
    "C_GetAttributeValue wrapping",
    "C_GetAttributeValue local",
    "C_Encrypt garbage",
    "C_UnwrapKey hang",
  ])("%s: a key that is brought in is not kept, neither there nor here", async (fault) => {
    hostile.fault(fault)
    expect(await vault.refusal("token.import", bring())).toMatchObject({ code: "TOKEN_ERROR" })
    hostile.behave()
    expect(await vault.refusal("key.show", { name: "brought" })).toMatchObject({ code: "NOT_FOUND" })
    const { objects } = await vault.ask("token.objects", { uri: token, ...pin() })
    expect(objects.map(({ label }) => label)).not.toContain("brought")
  })

  test("a secret that it says was agreed on, and was not, makes no key", async () => {
    hostile.fault("C_GetAttributeValue shared")
    const wanted = { name: "agrees", algorithm: "ec-p256", purpose: "key-agreement", token, ...pin() } as const
    expect(await vault.refusal("key.generate", wanted)).toMatchObject({
      code: "TOKEN_ERROR",
      detail: "what it agrees on is not what the other side has",
    })
  })
})
