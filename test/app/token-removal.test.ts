import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { AutoLock } from "../../main/app/auto-lock.ts"
import { TokenRemoval } from "../../main/app/token-removal.ts"
import { formatTokenUri, parseTokenUri } from "../../main/domain/token-uri.ts"
import { defaultPreferences } from "../../preload/contract/preferences.ts"
import { isThere } from "../interop/program.ts"
import { TestVault, utf8 } from "../support/vaults.ts"
import { HostileModule } from "../token/hostile/hostile-module.ts"
import { SoftHsm, userPin } from "../token/soft-hsm.ts"

const patience = { others: 3000, generate: 20_000 }

describe.skipIf(!isThere("softhsm2-util") || !isThere("gcc"))("a token that was chosen to lock the vault", () => {
  let softHsm: SoftHsm
  let hostile: HostileModule
  let vault: TestVault
  let chosen: string[]
  let removal: TokenRemoval

  beforeEach(async () => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    hostile = new HostileModule(softHsm)
    vault = await TestVault.create({ tokenPatience: patience })
    await vault.ask("token.modules.add", { path: hostile.path })
    chosen = [await nameOfToken()]
    removal = newRemoval()
  })

  afterEach(() => {
    expect(vault.bugs).toEqual([])
    vault[Symbol.dispose]()
    hostile[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  /** As the window names it: by what the token says of itself, and by its library. */
  async function nameOfToken(): Promise<string> {
    const { uri, module } = await vault.ask("token.show", {
      uri: formatTokenUri({ token: "work", modulePath: hostile.path }),
    })
    return formatTokenUri({ ...parseTokenUri(uri), modulePath: module })
  }

  function newRemoval(): TokenRemoval {
    const preferences = () => ({ ...defaultPreferences, lockOnRemovalOfTokens: chosen })
    const autoLock = new AutoLock({
      now: () => 0,
      preferences,
      isUnlocked: () => vault.claviger.isUnlocked(),
      lock: (removed) => {
        if (removed !== null) vault.claviger.noteRemoval(removed)
        vault.lock()
      },
    })
    return new TokenRemoval({
      preferences,
      visit: () => vault.claviger.visit(),
      isShown: (uri) => vault.claviger.isTokenShown(uri),
      onRemoved: (uri) => autoLock.onTokenRemoved(uri),
    })
  }

  /** Whether the vault is open after each of so many looks. */
  async function looks(count: number): Promise<boolean[]> {
    const open: boolean[] = []
    for (let look = 0; look < count; look += 1) {
      await removal.look()
      open.push(vault.claviger.isUnlocked())
    }
    return open
  }

  test("locks it when its library has not shown it twice", async () => {
    expect(await looks(2)).toEqual([true, true])
    softHsm.replaceTokens()
    expect(await looks(2)).toEqual([true, false])
  })

  test("is named in the log as the reason", async () => {
    await looks(1)
    softHsm.replaceTokens()
    await looks(2)
    await vault.unlock()
    const { rows } = await vault.ask("audit.list", { action: "vault.lock" })
    expect(rows).toMatchObject([{ action: "vault.lock", outcome: "done", detail: { removed: chosen[0] } }])
  })

  test("locks nothing while it is there, or was missed once", async () => {
    await looks(1)
    goAway()
    await looks(1)
    hostile.behave()
    expect(await looks(1)).toEqual([true])
    goAway()
    expect(await looks(2)).toEqual([true, false])
  })

  test("locks no vault that was opened without it, until it has been there", async () => {
    goAway()
    expect(await looks(3)).toEqual([true, true, true])
    hostile.behave()
    await looks(1)
    goAway()
    expect(await looks(2)).toEqual([true, false])
    await vault.unlock()
    expect(await looks(3)).toEqual([true, true, true])
  })

  test.for([
    ["crashes", ["C_GetSlotList segv"]],
    ["starts no more", ["C_GetSlotList segv", "C_Initialize unknown"]],
    ["refuses", ["C_GetSlotList unknown"]],
    ["hangs", ["C_GetSlotList hang"]],
  ] as const)("is neither gone nor there to a library that %s", async ([, faults]) => {
    await looks(1)
    hostile.fault(...faults)
    expect(await looks(3)).toEqual([true, true, true])
  })

  test("is missed by a library that works again after a crash", async () => {
    await looks(1)
    goAway()
    await looks(1)
    hostile.fault("C_GetSlotList segv")
    await looks(1)
    goAway()
    expect(await looks(1)).toEqual([false])
  })

  test("is what no library shows that is not in use: nothing is locked", async () => {
    await looks(1)
    await vault.ask("token.modules.remove", { path: hostile.path })
    expect(await looks(3)).toEqual([true, true, true])
  })

  test("locks nothing any more once it is not chosen", async () => {
    await looks(1)
    chosen = []
    softHsm.replaceTokens()
    expect(await looks(3)).toEqual([true, true, true])
  })

  test("is looked at without ending what its library is doing, or a login", async () => {
    const token = formatTokenUri({ token: "work", modulePath: hostile.path })
    await vault.ask("key.generate", { name: "signs", algorithm: "ec-p256", token, pin: utf8(userPin) })
    hostile.fault("C_Sign slow")
    const [signed] = await Promise.all([sign(), looks(2)])
    expect(signed).toMatchObject({ keyVersion: 1 })
    hostile.behave()
    expect(await sign()).toMatchObject({ keyVersion: 1 })
  })

  const goAway = () => hostile.fault("C_GetTokenInfo removed")
  const sign = () => vault.ask("key.sign", { name: "signs", message: utf8("a message") })
})
