import type { Locator } from "@playwright/test"
import type { App } from "./app.ts"
import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

test.use({
  plan: {
    ...emptyVault,
    steps: [
      ["key.generate", { name: "payroll", algorithm: "aes-256", purpose: "key-wrapping" }],
      ["key.generate", { name: "other", algorithm: "aes-256", purpose: "key-wrapping" }],
      ["key.datakey", { name: "payroll", register: "database", wrappedOnly: true }],
    ],
  },
})

const registered = (app: App): Locator => app.page.getByRole("region", { name: "Registered data keys" })

test("data keys are left under a name, move with their key, and are forgotten", async ({ openApp: app }) => {
  await app.key("payroll").show("Use")
  await expect(registered(app)).toContainText("1 data key, all under version 1")
  const making = app.key("payroll").use("Data key")
  await making.getByLabel("Leave it in the vault as").fill("archive")
  await making.getByRole("button", { name: "Make a data key" }).click()
  await expect(registered(app)).toContainText("2 data keys, all under version 1")
  await app.rotate("payroll", { reason: "the calendar" })
  await expect(registered(app)).toContainText("2 of them under another version than 2")
  await app.rotations.act("Rewrap data keys", "payroll")
  await expect(registered(app)).toContainText("2 data keys, all under version 2")
  await app.button("Forget… archive").click()
  await app.dialog("Forget the data key archive").getByRole("button", { name: "Forget it" }).click()
  await expect(registered(app)).toContainText("1 data key, all under version 2")
  await expect(registered(app)).not.toContainText("archive")
})

test("a data key that is there already is registered, and what another key wrapped is refused", async ({
  openApp: app,
}) => {
  const wrappedBy = async (name: string): Promise<string> => {
    await app.key(name).show("Use")
    await app.key(name).use("Data key").getByRole("button", { name: "Make a data key" }).click()
    return app.key(name).resultOf("Data key")
  }
  const foreign = await wrappedBy("other")
  const own = await wrappedBy("payroll")
  await app.button("Register a data key…").click()
  const dialog = app.dialog("Register a data key of payroll")
  await dialog.getByLabel("Label").fill("files")
  await dialog.getByLabel("Wrapped data key").fill(foreign)
  await dialog.getByRole("button", { name: "Register" }).click()
  await expect(dialog.getByRole("alert")).toContainText("The input can't be used.")
  await dialog.getByLabel("Wrapped data key").fill(own)
  await dialog.getByRole("button", { name: "Register" }).click()
  await expect(dialog).toBeHidden()
  await expect(registered(app)).toContainText("2 data keys")
  await expect(registered(app)).toContainText("files")
})
