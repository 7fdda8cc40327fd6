import { expect, test, vi } from "vitest"
import { GrantedPaths } from "../../main/ipc/granted-paths.ts"
import { createWindowDispatch } from "../../main/ipc/window-dispatch.ts"
import type { WindowHandlers } from "../../preload/contract/window.ts"

function setUp({ granted = [] as string[], handlers = {} as Partial<WindowHandlers> } = {}) {
  const vault = vi.fn(async () => ({ ok: true as const, result: "from the vault" }))
  const paths = new GrantedPaths()
  for (const path of granted) paths.grant(path)
  const reportBug = vi.fn()
  // What a test does not name is not called by it.
  const all = handlers as WindowHandlers
  const reauthenticate = vi.fn(async () => ({ ok: true as const, result: null }))
  const dispatch = createWindowDispatch({ handlers: all, vault, reauthenticate, paths, reportBug })
  return { vault, reportBug, dispatch }
}

test.for([
  "key.export",
  "file.encrypt",
  "vault.destroy",
  "constructor",
  "__proto__",
  "toString",
  7,
  null,
  undefined,
  {},
])("%s is nothing that the page can ask for", async (name) => {
  const { dispatch, vault } = setUp()
  expect(await dispatch(name, {})).toEqual({ ok: false, error: { code: "INVALID_INPUT", detail: "operation" } })
  expect(vault).not.toHaveBeenCalled()
})

test("a vault's operation goes to the dispatch of all doors", async () => {
  const { dispatch } = setUp()
  expect(await dispatch("key.list", {})).toEqual({ ok: true, result: "from the vault" })
})

test("a file that nobody named is refused", async () => {
  const { dispatch, vault } = setUp({ granted: ["/vaults/mine.claviger"] })
  const reply = await dispatch("vault.backup", { out: "/etc/cron.d/job" })
  expect(reply).toMatchObject({ ok: false, error: { code: "POLICY_DENIED" } })
  expect(vault).not.toHaveBeenCalled()
})

test.for(["window.export", "window.export-public"] as const)(
  "%s into a folder that nobody chose is refused",
  async (name) => {
    const handler = vi.fn(async () => ({ path: null }))
    const { dispatch } = setUp({ granted: ["/folder"], handlers: { [name]: handler } })
    const reply = await dispatch(name, { name: "mail", format: "jwk", folder: "/folder/.config/autostart" })
    expect(reply).toMatchObject({ ok: false, error: { code: "POLICY_DENIED" } })
    expect(handler).not.toHaveBeenCalled()
  },
)

test("a file that was named may be spelled otherwise", async () => {
  const { dispatch } = setUp({ granted: ["/vaults/mine.claviger"] })
  expect(await dispatch("vault.info", { path: "/vaults/../vaults/mine.claviger" })).toMatchObject({ ok: true })
})

test("a bug leaves as a reference", async () => {
  const handlers = {
    "window.forget": () => {
      throw new Error("with a secret in it")
    },
  }
  const { dispatch, reportBug } = setUp({ handlers })
  const reply = await dispatch("window.forget", { path: "/x" })
  expect(reply).toEqual({ ok: false, error: { code: "INTERNAL", reference: expect.any(String) } })
  expect(reportBug).toHaveBeenCalledOnce()
})
