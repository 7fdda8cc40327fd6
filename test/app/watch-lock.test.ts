import { setImmediate as turn } from "node:timers/promises"
import { expect, test } from "vitest"
import { watchingLock } from "../../main/app/watch-lock.ts"
import type { Failure } from "../../preload/contract/failure.ts"

function watchingRefusals(error: Failure) {
  const refused: string[] = []
  const dispatch = watchingLock({
    dispatch: async () => ({ ok: false, error }),
    onUnlocked: () => undefined,
    onRefused: (path) => refused.push(path),
    onLocked: () => undefined,
    onPolicy: () => undefined,
  })
  return { dispatch, refused }
}

test("a try to unlock that failed is told with its vault, after the answer", async () => {
  const { dispatch, refused } = watchingRefusals({ code: "WRONG_PASSPHRASE" })
  await dispatch("vault.unlock", { path: "/vaults/mine", passphrase: new Uint8Array(4) })
  await turn()
  expect(refused).toEqual(["/vaults/mine"])
})

test.for([undefined, null, {}, [], { path: 3 }])(
  "a try to unlock with %j gets its refusal, and ends no page",
  async (input) => {
    const { dispatch, refused } = watchingRefusals({ code: "INVALID_INPUT" })
    expect(await dispatch("vault.unlock", input)).toEqual({ ok: false, error: { code: "INVALID_INPUT" } })
    await turn()
    expect(refused).toEqual([])
  },
)
