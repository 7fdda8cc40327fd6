import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import type { FailureCode } from "../../../preload/contract/failure.ts"
import type { Purpose } from "../../../preload/contract/values.ts"
import { Refusal, type TestVault, utf8 } from "../../support/vaults.ts"
import { soPin, userPin } from "../soft-hsm.ts"
import type { HostileModule } from "./hostile-module.ts"
import { isHostileMissing, VaultBesideHostile } from "./vault-beside-hostile.ts"

/** Every function of the library that is called at all, and something that calls it. */
const functions = {
  C_Initialize: "start",
  C_GetInfo: "modules",
  C_GetSlotList: "list",
  C_GetSlotInfo: "list",
  C_GetTokenInfo: "list",
  C_GetMechanismList: "list",
  C_GetMechanismInfo: "generate",
  C_InitToken: "init",
  C_InitPIN: "initPin",
  C_SetPIN: "changePin",
  C_OpenSession: "objects",
  C_CloseSession: "objects",
  C_GetSessionInfo: "sign",
  C_Login: "sign",
  C_Logout: "changePin",
  C_CreateObject: "bring",
  C_DestroyObject: "unwrap",
  C_GetAttributeValue: "objects",
  C_FindObjectsInit: "objects",
  C_FindObjects: "objects",
  C_FindObjectsFinal: "objects",
  C_EncryptInit: "encrypt",
  C_Encrypt: "encrypt",
  C_DecryptInit: "encrypt",
  C_Decrypt: "encrypt",
  C_SignInit: "sign",
  C_Sign: "sign",
  C_SignUpdate: "mac",
  C_SignFinal: "mac",
  C_GenerateKey: "generateSecret",
  C_GenerateKeyPair: "generate",
  C_WrapKey: "wrap",
  C_UnwrapKey: "unwrap",
  C_DeriveKey: "agree",
  C_GenerateRandom: "health",
} as const

/** They end what is over already, or do for messages of no bytes what their neighbours do for others. */
const notHere = ["C_EncryptFinal", "C_Finalize"]

/** How the library goes wrong, and from which of its calls on. */
const faults = ["segv", "segv 3", "hang", "unknown"]
/** What a token may be said to have done; anything else would be a bug of ours, or a wrong word about the PIN. */
const ofToken: readonly FailureCode[] = ["TOKEN_ERROR", "TOKEN_ABSENT", "INVALID_INPUT"]

test("every function that is called is named here", () => {
  const folder = join(import.meta.dirname, "..", "..", "..", "main", "token")
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))
  const called = sources.flatMap((source) => [...source.matchAll(/\bC_[A-Z]\w+/g)].map(([name]) => name))
  const others = new Set(called.filter((name) => !Object.hasOwn(functions, name)))
  expect(others).toEqual(new Set(notHere))
})

/** What is wrong is part of their answer. */
const telling: readonly string[] = ["modules", "health"]

describe.skipIf(isHostileMissing)("a library that goes wrong in", () => {
  let beside: VaultBesideHostile
  let hostile: HostileModule
  let vault: TestVault
  let token: string
  let peer: Uint8Array<ArrayBuffer>
  let made = 0

  beforeAll(async () => {
    beside = await VaultBesideHostile.start()
    ;({ vault, hostile, token } = beside)
    beside.softHsm.token("scratch")
    await make("signer", "ec-p256", "signature")
    await make("sealer", "aes-256", "encryption")
    await make("wrapper", "aes-256", "key-wrapping")
    await make("tagger", "hmac-sha256", "mac")
    await make("agrees", "ec-p256", "key-agreement")
    const other = { algorithm: "ec-p256", purpose: "key-agreement", exportable: "wrapped" } as const
    await vault.ask("key.generate", { name: "peer", ...other })
    const half = { name: "peer", format: "spki-pem", protection: { kind: "public" } } as const
    peer = (await vault.ask("key.export", half)).exported
  })

  afterEach(() => hostile.behave())

  afterAll(() => {
    expect(vault.bugs).toEqual([])
    beside[Symbol.dispose]()
  })

  const pin = () => ({ pin: utf8(userPin) })
  const make = (name: string, algorithm: "ec-p256" | "aes-256" | "hmac-sha256", purpose?: Purpose) =>
    vault.ask("key.generate", { name, algorithm, token, ...(purpose === undefined ? {} : { purpose }), ...pin() })
  const scratch = () => token.replace("token=work", "token=scratch")

  const acts = {
    start: async () => {
      await vault.ask("token.modules.remove", { path: hostile.path })
      await vault.ask("token.modules.add", { path: hostile.path })
      return await acts.list()
    },
    list: () => vault.ask("token.show", { uri: token }),
    modules: () => vault.ask("token.modules", {}),
    objects: () => vault.ask("token.objects", { uri: token, ...pin() }),
    sign: () => vault.ask("key.sign", { name: "signer", message: utf8("m"), ...pin() }),
    mac: () => vault.ask("key.mac", { name: "tagger", message: utf8("m".repeat(100_000)), ...pin() }),
    encrypt: () => vault.ask("key.encrypt", { name: "sealer", plaintext: utf8("m"), ...pin() }),
    wrap: () => vault.ask("key.datakey", { name: "wrapper", ...pin() }),
    unwrap: () => vault.ask("key.datakey", { name: "wrapper", ...pin() }),
    agree: () => vault.ask("key.derive", { name: "agrees", peer: peer.slice(), ...pin() }),
    bring: () => vault.ask("token.import", { uri: token, name: `made-${++made}`, key: "peer", ...pin() }),
    generate: () => make(`made-${++made}`, "ec-p256"),
    generateSecret: () => make(`made-${++made}`, "hmac-sha256"),
    health: () => vault.ask("token.health", { uri: token, wantsPin: false }),
    init: () => vault.ask("token.init", { uri: scratch(), label: "scratch", soPin: utf8(soPin), confirmed: true }),
    initPin: () => vault.ask("token.init-pin", { uri: scratch(), soPin: utf8(soPin), newPin: utf8(userPin) }),
    changePin: () =>
      vault.ask("token.change-pin", { uri: token, who: "user", pin: utf8(userPin), newPin: utf8(userPin) }),
  }

  async function codeOf(act: () => Promise<unknown>): Promise<FailureCode | null> {
    try {
      await act()
      return null
    } catch (error) {
      if (error instanceof Refusal) return error.failure.code
      throw error
    }
  }

  describe.for(Object.entries(functions))("%s", ([name, act]) => {
    test.for(faults)(
      "by %s: that is the token's failure, PINs are tried once, and the next time it works",
      async (fault) => {
        hostile.forgetTries()
        hostile.fault(`${name} ${fault}`)
        const code = await codeOf(acts[act])
        // Else the function was not called, and nothing was tried.
        const isToFail = fault === "segv" && !telling.includes(act)
        expect(isToFail ? ofToken : [null, ...ofToken]).toContain(code)
        expect(hostile.tries.filter((tried) => tried === "C_Login").length).toBeLessThanOrEqual(1)
        hostile.behave()
        expect(await codeOf(acts[act])).toBeNull()
      },
    )
  })
})
