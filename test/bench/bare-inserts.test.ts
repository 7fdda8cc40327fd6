import { expect, test } from "vitest"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { insertKeyRows, insertRows } from "./bare-inserts.ts"

test("the rows that a batch is measured beside are such as the tables of a vault take", async () => {
  using folder = temporaryFolder()
  expect((await insertKeyRows(folder.file("ours.db"), 3)).wallMs).toBeGreaterThan(0)
  expect((await insertRows(folder.file("bare.db"), 3)).wallMs).toBeGreaterThan(0)
})
