import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { App } from "./app.ts"
import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault, makeVault, type VaultPlan } from "./vault-plan.ts"
import { XDisplay } from "./x-display.ts"

test.skip(process.platform !== "linux", "X11 has two selections, and Linux has X11")

const withSecrets: VaultPlan = {
  ...emptyVault,
  steps: [
    ["key.generate", { name: "api token", algorithm: "secret", purpose: "secret", exportable: "yes" }],
    ["seed.generate", { name: "savings", words: 12 }],
  ],
}

async function openOn(display: XDisplay): Promise<App> {
  const home = mkdtempSync(join(tmpdir(), "claviger-app-"))
  makeVault(home, withSecrets)
  const app = await App.start({ home, display: display.name })
  await app.unlock(passphrase)
  return app
}

async function copied(app: App, display: XDisplay): Promise<string> {
  await app.exports.copySecret("api token", passphrase)
  await expect.poll(() => display.clipboard().length).toBeGreaterThan(10)
  await expect(app.dialog("Copy api token")).toBeHidden()
  return display.clipboard()
}

test("a copied secret is on the clipboard only, until its time is over, the vault is locked, or the app ends", async () => {
  await using display = await XDisplay.start()
  const app = await openOn(display)
  await copied(app, display)
  expect(display.primary()).toBe("")
  await expect.poll(() => display.clipboard()).toBe("")
  await copied(app, display)
  await app.lock()
  await expect.poll(() => display.clipboard()).toBe("")
  await app.unlock(passphrase)
  await copied(app, display)
  await app.close()
  expect([display.clipboard(), display.primary()]).toEqual(["", ""])
})

test("what somebody copied since is theirs", async () => {
  await using display = await XDisplay.start()
  const app = await openOn(display)
  await copied(app, display)
  display.copy("a line of a poem")
  await app.lock()
  await app.close()
  expect(display.clipboard()).toBe("a line of a poem")
})

test("selecting everything while a seed is shown hands none of it to other programs", async () => {
  await using display = await XDisplay.start()
  const app = await openOn(display)
  await app.seeds.reveal("savings", passphrase)
  await app.button("Hold to show").focus()
  await app.page.keyboard.down("Space")
  const words = (await app.page.getByRole("note", { name: "Words of savings" }).textContent()) ?? ""
  expect(words.split(" ")).toHaveLength(12)
  await app.page.keyboard.press("Control+a")
  const selected = await app.page.evaluate(() => String(window.getSelection()))
  for (const text of [selected, display.primary(), display.clipboard()]) expect(text).not.toContain(words)
  await app.close()
})
