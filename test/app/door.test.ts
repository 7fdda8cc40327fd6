import type { IpcMain, IpcMainInvokeEvent } from "electron"
import { expect, test } from "vitest"
import { openDoor } from "../../main/ipc/door.ts"

type Handler = (event: IpcMainInvokeEvent, operation: unknown, input: unknown) => unknown

function doorThat(isOurs: boolean, result: unknown = null): { asked: unknown[]; handler: Handler } {
  const asked: unknown[] = []
  const channels: Handler[] = []
  const ipcMain = { handle: (_: string, one: Handler) => channels.push(one) }
  // Of the main side of IPC only `handle` is used.
  openDoor(
    ipcMain as unknown as IpcMain,
    () => isOurs,
    async (name) => {
      asked.push(name)
      return { ok: true, result }
    },
  )
  const [handler] = channels
  if (handler === undefined || channels.length !== 1) throw new Error("there is one channel")
  return { asked, handler }
}

// The door looks at nothing of the event itself.
const event = {} as IpcMainInvokeEvent

test("our own page is answered", async () => {
  const { asked, handler } = doorThat(true)
  expect(await handler(event, "vault.lock", {})).toEqual({ ok: true, result: null })
  expect(asked).toEqual(["vault.lock"])
})

test("any other page gets a refusal, and nothing is asked for it", async () => {
  const { asked, handler } = doorThat(false)
  expect(await handler(event, "vault.lock", {})).toMatchObject({ ok: false, error: { code: "POLICY_DENIED" } })
  expect(asked).toEqual([])
})

test.each([true, false])("what a page sent is wiped once it is answered (our own page: %s)", async (isOurs) => {
  const { handler } = doorThat(isOurs)
  const passphrase = new TextEncoder().encode("open sesame")
  const share = new TextEncoder().encode("one share")
  await handler(event, "window.export", { name: "a", protection: { kind: "encrypted", passphrase }, shares: [share] })
  expect([...passphrase, ...share].every((byte) => byte === 0)).toBe(true)
})

test("what a page was sent, words and shares, is wiped once it has gone", async () => {
  const revealed = new TextEncoder().encode("legal winner thank")
  const share = new TextEncoder().encode("one share")
  const { handler } = doorThat(true, { name: "savings", revealed, shares: [[share]] })
  const sent = structuredClone(await handler(event, "seed.split", {}))
  await new Promise(setImmediate)
  expect([...revealed, ...share].every((byte) => byte === 0)).toBe(true)
  expect(JSON.stringify(sent)).toContain(String(new TextEncoder().encode("l")[0]))
})
