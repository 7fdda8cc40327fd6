import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { App } from "./app.ts"
import { expect, test } from "./fixture.ts"

const marked = {
  passphrase: "marked-passphrase-b41f09",
  wrong: "marked-wrong-passphrase-77c2",
  key: "marked-key-name-5d0a",
  search: "marked-search-term-e913",
  pasted: "marked-pasted-text-20c8",
  phrase: "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong",
}

/** Each file that holds a text, as UTF-8 or UTF-16. */
function filesWith(folder: string, text: string): string[] {
  const forms = [Buffer.from(text, "utf8"), Buffer.from(text, "utf16le")]
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => forms.some((form) => readFileSync(file).includes(form)))
}

test("of all that is typed nothing gets into a file, even if the app is killed", async () => {
  const app = await App.start()
  await app.createVault({ passphrase: marked.passphrase })
  await app.makeKey(marked.key, { job: "API secret" })
  await app.keys.search(marked.search)
  await app.imports.take("notes.txt", Buffer.from(marked.pasted))
  await expect(app.page.getByRole("alert")).toBeVisible()
  await app.button("Cancel").click()
  await app.seeds.import("marked seed", marked.phrase)
  await app.lock()
  await app.failToUnlock(marked.wrong)
  await expect(app.page.getByRole("alert")).toBeVisible()
  await app.kill()
  for (const text of Object.values(marked)) expect(filesWith(app.home, text)).toEqual([])
  // The search finds what is there: the label of a vault stands in its header.
  expect(filesWith(app.home, "Test keys").length).toBeGreaterThan(0)
})

test("what a page is refused is no bug, and leaves no line in the log", async ({ openApp }) => {
  await openApp.page.evaluate(() => window.claviger.invoke("key.show", { name: 7 }))
  expect(existsSync(join(openApp.home, "config", "bugs.log"))).toBe(false)
})
