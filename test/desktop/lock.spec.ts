import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, passphrase, startWith, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

test("locking ends the renderer and starts a new one, with nothing of the vault in it", async ({ openApp }) => {
  await openApp.makeKey("payroll", { job: "Sign releases" })
  const before = await openApp.machine.rendererPids()
  const oldPage = openApp.page
  await openApp.lock()
  await expect.poll(() => oldPage.isClosed()).toBe(true)
  await expect(openApp.page.getByText("payroll")).toHaveCount(0)
  // Chromium keeps one spare process, which has never had a page.
  await expect.poll(() => before.filter((pid) => existsSync(`/proc/${pid}`)).length).toBeLessThan(before.length)
})

test("a vault that was locked opens again", async ({ openApp }) => {
  await openApp.lock()
  await openApp.unlock(passphrase)
  await openApp.go("Audit")
})

test("a wrong passphrase is said where it was typed, and the field is ready again", async () => {
  const app = await startWith(emptyVault)
  await app.failToUnlock("not it")
  await expect(app.page.getByRole("alert")).toContainText("That passphrase is wrong.")
  await expect(app.field("Passphrase")).toBeFocused()
  await expect(app.field("Passphrase")).toHaveValue("")
  await app.close()
})

test("after several wrong tries the next one waits, counted down, and then opens", async () => {
  const app = await startWith(emptyVault, { layOut: (home) => haveGuessed(home, 12) })
  await expect(app.nextTry).toContainText(/ [0-3][.]\d s$/)
  await expect(app.button("Unlock")).toBeDisabled()
  await expect(app.field("Passphrase")).toBeFocused()
  await app.page.keyboard.type(passphrase)
  await app.page.keyboard.press("Enter")
  await expect(app.nextTry).toBeHidden()
  await expect(app.field("Passphrase")).toBeFocused()
  await expect(app.field("Passphrase")).toHaveValue(passphrase)
  await app.page.keyboard.press("Enter")
  await app.expectOpen()
  await app.lock()
  await expect(app.nextTry).toBeHidden()
  await app.close()
})

test("whoever leaves the screen and comes back waits too", async () => {
  const app = await startWith(emptyVault, { layOut: (home) => haveGuessed(home, 12) })
  await expect(app.button("Unlock")).toBeEnabled()
  await app.failToUnlock("not it")
  haveGuessed(app.home, 13)
  await app.button("Other vaults").click()
  await app.page.getByRole("button", { name: /^default/ }).click()
  await expect(app.nextTry).toBeVisible()
  await app.close()
})

test("the field for the passphrase has the focus from the start", async () => {
  const app = await startWith(emptyVault)
  await expect(app.field("Passphrase")).toBeFocused()
  await app.close()
})

test("a vault left alone for five minutes locks", async ({ openApp }) => {
  await openApp.followLock(() => openApp.machine.letPass({ minutes: 5 }))
  await openApp.expectLocked()
})

test("on the screen with seeds it locks after half a minute", async ({ openApp }) => {
  await openApp.go("Seeds")
  await openApp.followLock(() => openApp.machine.letPass({ minutes: 0.5 }))
  await openApp.expectLocked()
})

for (const event of ["suspend", "lock-screen"]) {
  test(`on ${event} it locks`, async ({ openApp }) => {
    await openApp.followLock(() => openApp.machine.says(event))
    await openApp.expectLocked()
  })
}

test("a crashed page locks the vault and comes back", async ({ openApp }) => {
  await openApp.followLock(() => openApp.machine.crashPage())
  await openApp.expectLocked()
})

/** As if somebody had guessed so often, a moment ago whenever it is asked for: a slow machine would not see the wait. */
function haveGuessed(home: string, failed: number): void {
  const { vaultId } = JSON.parse(readFileSync(join(home, "default.claviger", "vault.json"), "utf8"))
  const folder = join(home, "config", "attempts")
  mkdirSync(folder, { recursive: true })
  const tomorrow = Date.now() + 86_400_000
  writeFileSync(join(folder, `${vaultId}.json`), JSON.stringify({ failed, at: tomorrow }))
}
