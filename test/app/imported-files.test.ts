import { expect, test } from "vitest"
import { ImportedFiles } from "../../main/app/imported-files.ts"
import type { Dispatch } from "../../main/operations/dispatch.ts"

const file = () => new TextEncoder().encode("the key")

async function afterImport(result: unknown, name = "key.import"): Promise<ImportedFiles> {
  const imported = new ImportedFiles()
  const dispatch: Dispatch = async (_, input) => {
    // As the importer does.
    if (typeof input === "object" && input !== null && "file" in input && input.file instanceof Uint8Array)
      input.file.fill(0)
    return result === null ? { ok: false, error: { code: "INVALID_INPUT" } } : { ok: true, result }
  }
  await imported.watching(dispatch)(name, { name: "a", file: file() })
  return imported
}

test("a file whose keys are all in the vault is known again", async () => {
  const imported = await afterImport({ keys: [{ ok: true }] })
  expect(imported.has(file())).toBe(true)
  expect(imported.has(new TextEncoder().encode("another"))).toBe(false)
})

test.for([[null], [{ keys: [] }], [{ keys: [{ ok: true }, { ok: false }] }]])(
  "%j is no whole import",
  async ([result]) => {
    expect((await afterImport(result)).has(file())).toBe(false)
  },
)

test("after a lock nothing is known any more", async () => {
  const imported = await afterImport({ keys: [{ ok: true }] })
  imported.forget()
  expect(imported.has(file())).toBe(false)
})
