import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { formatTokenUri, parseTokenUri } from "../../../main/domain/token-uri.ts"
import { replaceFile } from "../../../main/files/replace-file.ts"
import { forkHost } from "../../../main/token/host-process.ts"
import { ModuleRegistry } from "../../../main/token/module-registry.ts"
import { TokenClient } from "../../../main/token/token-client.ts"
import { isThere } from "../../interop/program.ts"
import { SoftHsm, softHsmModule } from "../soft-hsm.ts"
import { HostileModule } from "./hostile-module.ts"

describe.skipIf(!isThere("softhsm2-util") || !isThere("gcc"))("a library that hung", () => {
  let softHsm: SoftHsm
  let hostile: HostileModule
  let client: TokenClient
  /** The libraries for which processes were started, in their order. */
  let started: string[]

  beforeEach(() => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    hostile = new HostileModule(softHsm)
    started = []
    const file = softHsm.file("modules.json")
    const registry = new ModuleRegistry({ file, replaceFile, platform: "win32", p11Kit: [] })
    for (const path of [softHsmModule, hostile.path]) registry.add(path)
    const start = (path: string) => {
      started.push(path)
      return forkHost(path, null)
    }
    client = new TokenClient(registry, start, { others: 1500 })
    hostile.fault("C_Initialize hang")
  })

  afterEach(() => {
    client.close()
    hostile[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  test("is not waited for again, and that is said", async () => {
    expect(await client.tokens()).toMatchObject([{ label: "work" }, {}])
    expect(client.leftOut()).toEqual([{ path: hostile.path, reason: "its module hangs" }])
    started = []
    expect(await client.tokens()).toMatchObject([{ label: "work" }, {}])
    expect(started).toEqual([])
  })

  test("keeps no token of another library from being found, and is named when one is not found", async () => {
    await client.tokens()
    started = []
    expect(await client.find(parseTokenUri("pkcs11:token=work"))).toMatchObject({ module: softHsmModule })
    await expect(client.find(parseTokenUri("pkcs11:token=other"))).rejects.toMatchObject({
      code: "TOKEN_ABSENT",
      detail: `token other; ${hostile.path} was not asked, because it hung: token modules asks it again`,
    })
    expect(started).toEqual([])
  })

  test("is asked again when the libraries are listed", async () => {
    await client.tokens()
    hostile.behave()
    expect((await client.modules()).map(({ state }) => state)).toEqual(["usable", "usable"])
    expect(client.leftOut()).toEqual([])
    expect((await client.tokens()).filter(({ label }) => label === "work")).toHaveLength(2)
  })

  test("is asked again by who names it", async () => {
    await client.tokens()
    hostile.behave()
    const uri = parseTokenUri(formatTokenUri({ token: "work", modulePath: hostile.path }))
    expect(await client.find(uri)).toMatchObject({ label: "work", module: hostile.path })
  })
})
