import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { App } from "./app.ts"
import { expect, passphrase, startWith, test } from "./fixture.ts"
import { emptyVault, makeVault } from "./vault-plan.ts"

function homeWithVault(): string {
  const home = mkdtempSync(join(tmpdir(), "claviger-app-"))
  makeVault(home, emptyVault)
  return home
}

test("a vault from the future says that Claviger is too old", async () => {
  const home = homeWithVault()
  for (const name of ["vault.json", "vault.json.2"])
    rewrite(join(home, "default.claviger", name), /"version": *\d+/, '"version": 99')
  const app = await App.start({ home })
  await expect(app.page.getByRole("alert").first()).toContainText("A newer Claviger wrote this.")
  await expect(app.button("Unlock")).toBeDisabled()
  await app.close()
})

test("a damaged database says so, and what to do", async () => {
  const home = homeWithVault()
  const file = join(home, "default.claviger", "inventory.db")
  const bytes = readFileSync(file)
  bytes.fill(0x5a, 0, 4096)
  writeFileSync(file, bytes)
  const app = await App.start({ home })
  await app.failToUnlock(passphrase)
  await expect(app.page.getByRole("alert")).toContainText("restore a backup to another folder")
  await app.close()
})

test("a vault that was unplugged is offered as not there, and can be forgotten", async ({ openApp }) => {
  await openApp.lock()
  // It has been there: its label was read.
  await expect(openApp.heading("Test keys")).toBeVisible()
  await openApp.moveVaultAway()
  await openApp.failToUnlock(passphrase)
  await expect(openApp.page.getByRole("alert").first()).toBeVisible()
  await openApp.button("Other vaults").click()
  await expect(openApp.page.getByRole("list", { name: "Recent vaults" })).toBeVisible()
})

test("a second start shows the window of the first, and ends", async () => {
  const app = await startWith(emptyVault)
  expect(await app.machine.startAgain()).toBe(0)
  await expect(app.field("Passphrase")).toBeVisible()
  await app.close()
})

test("a folder that can't be written to is said where the vault was to be made", async ({ app }) => {
  // Not even root can make a file there.
  await app.answerDialog("/proc/mine.claviger")
  await app.button("Create a vault").click()
  await app.button("Change…").click()
  await app.field("Passphrase").fill(passphrase)
  await app.field("Passphrase again").fill(passphrase)
  await app.button("Create vault").click()
  await expect(app.page.getByRole("alert")).toContainText("is not there")
  await expect(app.page.getByRole("alert")).toContainText("/proc/mine.claviger (ENOENT)")
  await expect(app.page.getByRole("alert")).not.toContainText("mkdir")
})

test("an installed program that others could replace says so from the start, and which file it is", async () => {
  const appImage = join(mkdtempSync(join(tmpdir(), "claviger-program-")), "Claviger.AppImage")
  writeFileSync(appImage, "a program")
  chmodSync(appImage, 0o777)
  // Electron itself knows whether it is packaged; the stand-in has to be told.
  const app = await App.start({ environment: { STANDIN_PACKAGED: "yes", APPIMAGE: appImage } })
  test.skip(app.runtime === "electron", "the binary of a checkout is no installed program")
  await expect(app.page.getByRole("note")).toContainText("does not belong to root")
  await app.machine.chooseFromMenu("About Claviger")
  await expect(app.dialog("About Claviger")).toContainText(appImage)
  await expect(app.dialog("About Claviger")).toContainText("other programs of its owner could replace it")
  await app.close()
})

test("what is run from a checkout is not warned of", async ({ app }) => {
  await expect(app.button("Create a vault")).toBeVisible()
  await expect(app.page.getByRole("note")).toHaveCount(0)
})

test("in a small window the failure of a tall dialog is in view", async ({ openApp }) => {
  await openApp.page.setViewportSize({ width: 900, height: 600 })
  await openApp.seeds.tryToCombine("treasury", ["no share at all"])
  await expect(openApp.page.getByRole("alert")).toContainText("not the right ones")
  await expect(openApp.page.getByRole("alert")).toBeInViewport({ ratio: 1 })
})

function rewrite(file: string, what: RegExp, by: string): void {
  try {
    writeFileSync(file, readFileSync(file, "utf8").replace(what, by))
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error
  }
}
