import type { App } from "./app.ts"
import { expectNothingFound } from "./axe.ts"
import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault, type VaultPlan } from "./vault-plan.ts"

// T37

const plan: VaultPlan = {
  ...emptyVault,
  steps: [
    ["key.generate", { name: "leaked", algorithm: "aes-256" }],
    ["key.compromise", { name: "leaked", reason: "stolen" }],
  ],
  edit: "UPDATE keys SET state = 'active' WHERE name = 'leaked'",
}

test.use({ plan })

/** After a lock the app has another page. */
const alertIn = (app: App) => app.page.getByRole("alert").filter({ hasText: "A key is not as the log left it" })

test("a compromise that was cleared past the log is told of over every screen", async ({ openApp: app }) => {
  const alert = alertIn(app)
  await expect(alert).toContainText("leaked. Somebody may have edited the vault.")
  await expectNothingFound(app, "alert", "light")
  await app.go("Audit")
  await expect(app.audit.row("inventory.edited")).toBeVisible()
  await alert.getByRole("button", { name: "Verify vault" }).click()
  await expect(alert).toHaveCount(0)
  await expect(app.heading("Backups")).toBeVisible()
  await expect(app.page.getByText("the key is not as the log left it")).toBeVisible()
})

test("it is told each time that the vault is opened, and who dismisses it has seen it", async ({ openApp: app }) => {
  await expect(alertIn(app)).toBeVisible()
  await app.lock()
  await app.unlock(passphrase)
  const alert = alertIn(app)
  await alert.getByRole("button", { name: "Dismiss" }).click()
  await app.go("Audit")
  await expect(app.audit.row("vault.unlock").first()).toBeVisible()
  await expect(alert).toHaveCount(0)
})

test.describe("in a vault that is too large to be checked at once", () => {
  test.use({ plan: { ...plan, manyKeys: 300 } })

  test("it is told while the vault is open", async ({ openApp: app }) => {
    await expect(alertIn(app)).toContainText("leaked.")
  })
})
