import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { utilityHosts } from "../../main/app/utility-host.ts"
import { hostEntry } from "../../main/token/host-process.ts"
import { ModuleProcess } from "../../main/token/module-process.ts"
import { isThere } from "../interop/program.ts"
import { SoftHsm, softHsmModule } from "../token/soft-hsm.ts"

vi.mock("electron", () => import("../electron-standin/utility-process.ts"))

describe.skipIf(!isThere("softhsm2-util"))("a PKCS#11 library in Electron's own kind of process", () => {
  let softHsm: SoftHsm
  let module: ModuleProcess
  const started: { kill(): void }[] = []
  const start = utilityHosts(hostEntry)

  beforeEach(() => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    module = new ModuleProcess(
      () => {
        const host = start(softHsmModule, null)
        started.push(host)
        return host
      },
      { others: 10_000 },
    )
  })

  afterEach(() => {
    module.close()
    softHsm[Symbol.dispose]()
  })

  test("tells of its tokens", async () => {
    expect(await module.call("tokens", {})).toContainEqual(expect.objectContaining({ label: "work" }))
  })

  test("is started anew by the next call when it was killed", async () => {
    await module.call("describe", {})
    const before = started.length
    started.at(-1)?.kill()
    await expect(module.call("tokens", {})).rejects.toMatchObject({ code: "TOKEN_ERROR" })
    expect(await module.call("tokens", {})).toContainEqual(expect.objectContaining({ label: "work" }))
    expect(started.length).toBe(before + 1)
  })

  test("is ended by whoever gives up on it before it runs", async () => {
    const given = new AbortController()
    const call = module.call("tokens", {}, given.signal)
    given.abort()
    await expect(call).rejects.toMatchObject({ code: "TOKEN_ERROR", detail: "it was given up on" })
    expect(await module.call("describe", {})).toMatchObject({ library: expect.anything() })
  })
})
