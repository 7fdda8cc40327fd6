import { afterAll, beforeAll, expect, test } from "vitest"
import type { RequestOf } from "../../preload/contract/index.ts"
import { TestVault } from "../support/vaults.ts"

let vault: TestVault
let rows: number

beforeAll(async () => {
  vault = await TestVault.create()
  for (const name of ["one", "two", "three"]) await vault.generate(name)
  rows = (await vault.ask("audit.verify", {})).rows
})

afterAll(() => vault[Symbol.dispose]())

/** The numbers of the rows, page after page. */
async function pages(request: RequestOf<"audit.list">): Promise<number[][]> {
  const { rows: page, next } = await vault.ask("audit.list", request)
  const others = next === undefined ? [] : await pages({ ...request, cursor: next })
  return [page.map(({ seq }) => seq), ...others]
}

test("the log is listed page by page, from either end", async () => {
  const forward = Array.from({ length: rows }, (_, index) => index + 1)
  for (const limit of [2, rows]) {
    expect((await pages({ limit })).flat()).toEqual(forward)
    expect((await pages({ limit, newest: true })).flat()).toEqual(forward.toReversed())
  }
  expect((await pages({ limit: 2, newest: true }))[0]).toEqual([rows, rows - 1])
})

test("conditions hold in either order", async () => {
  const [forward] = await pages({ action: "key.generate" })
  expect(forward).toHaveLength(3)
  expect(await pages({ action: "key.generate", newest: true })).toEqual([forward?.toReversed()])
})
