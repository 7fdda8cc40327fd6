import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { StartHost } from "../../main/domain/module-host.ts"
import type { LongOperation } from "../../preload/contract/announcements.ts"
import { isThere } from "../interop/program.ts"
import { startTestedHost } from "../support/token-hosts.ts"
import { TestVault, utf8 } from "../support/vaults.ts"
import { SoftHsm, userPin } from "./soft-hsm.ts"

const token = "pkcs11:token=work"

describe.skipIf(!isThere("softhsm2-util") || !isThere("pkcs11-tool"))("a key that a token takes long to make", () => {
  let softHsm: SoftHsm
  let vault: TestVault
  let onGenerate: () => void
  let told: [LongOperation, boolean][]

  beforeEach(async () => {
    onGenerate = () => undefined
    told = []
    const startTokenHost: StartHost = (path, parameters) => {
      const host = startTestedHost(path, parameters)
      return {
        ...host,
        send(message) {
          host.send(message)
          if (typeof message === "object" && message !== null && "call" in message && message.call === "generate")
            onGenerate()
        },
      }
    }
    softHsm = new SoftHsm()
    softHsm.token("work")
    vault = await TestVault.create({
      startTokenHost,
      tellProgress: (progress, of) => told.push([of, progress !== null]),
    })
  })

  afterEach(() => {
    expect(vault.bugs).toEqual([])
    vault[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  const wanted = (name: string) => ({ name, algorithm: "rsa-4096", token, pin: utf8(userPin) }) as const
  const small = (name: string) => ({ ...wanted(name), algorithm: "ec-p256" }) as const

  test("is told of while it goes on", async () => {
    await vault.ask("key.generate", small("made"))
    expect(told).toEqual([
      ["key.generate", true],
      ["key.generate", false],
    ])
  })

  test("is given up on: nothing of it is in the inventory nor in the token, and the next is made", async () => {
    onGenerate = () => vault.claviger.cancel("key.generate")
    expect(await vault.refusal("key.generate", wanted("slow"))).toMatchObject({ code: "CANCELLED" })
    expect(await vault.refusal("key.show", { name: "slow" })).toMatchObject({ code: "NOT_FOUND" })
    onGenerate = () => undefined
    await vault.ask("key.generate", small("next"))
    const { objects } = await vault.ask("token.objects", { uri: token })
    expect(new Set(objects.map(({ label }) => label))).toEqual(new Set(["next"]))
  })

  test("is given up on when the key was to be rotated: it is as it was", async () => {
    await vault.ask("key.generate", small("kept"))
    const before = await vault.ask("key.show", { name: "kept" })
    onGenerate = () => vault.claviger.cancel("key.rotate")
    expect(await vault.refusal("key.rotate", { name: "kept", pin: utf8(userPin) })).toMatchObject({ code: "CANCELLED" })
    expect(await vault.ask("key.show", { name: "kept" })).toEqual(before)
  })

  test("is not waited for by who locks the vault", async () => {
    onGenerate = () => void vault.claviger.dispatch("vault.lock", {})
    expect(await vault.refusal("key.generate", wanted("slow"))).toMatchObject({ code: "VAULT_LOCKED" })
  })
})
