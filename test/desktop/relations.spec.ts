import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

test.use({
  plan: {
    ...emptyVault,
    steps: [
      ["key.generate", { name: "master", algorithm: "aes-256" }],
      ["key.generate", { name: "payroll", algorithm: "aes-256" }],
      ["key.generate", { name: "archive", algorithm: "aes-256" }],
      ["key.relate", { name: "archive", kind: "depends-on", other: "payroll" }],
    ],
  },
})

test("a key is related to another, each of the two tells it, and it is taken back", async ({ openApp }) => {
  const master = openApp.key("master")
  await master.relate("wraps", "payroll")
  await expect(master.relations).toHaveText(["wraps payroll"])
  const payroll = openApp.key("payroll")
  await payroll.show("Relations")
  await expect(payroll.relations).toHaveText(["is depended on by archive", "is wrapped by master"])
  await payroll.press("No longer: is wrapped by master")
  await expect(payroll.relations).toHaveText(["is depended on by archive"])
  await openApp.go("Audit")
  await expect(openApp.page.getByRole("row", { name: /key[.]relate master .* done/ })).toHaveCount(2)
})

test("a key that others need says so when it is deactivated, and is suspended instead", async ({ openApp }) => {
  const payroll = openApp.key("payroll")
  await payroll.show("Overview")
  await payroll.press("Deactivate…")
  const dialog = openApp.dialog("Deactivate payroll")
  await expect(dialog).toContainText("1 other key needs it.")
  await openApp.button("Suspend instead").click()
  await expect(openApp.dialog("Suspend payroll")).toBeVisible()
})

test("a key is deactivated once its name is typed, and never becomes active again", async ({ openApp }) => {
  const master = openApp.key("master")
  await master.show("Overview")
  await master.press("Deactivate…")
  await openApp.field("Reason").fill("replaced")
  await expect(openApp.button("Deactivate for good")).toBeDisabled()
  await openApp.field("Type the key's name: master").fill("master")
  await openApp.button("Deactivate for good").click()
  await expect(master.panel).toContainText("deactivated")
  await expect(master.panel.getByRole("button", { name: "Resume…" })).toHaveCount(0)
  await expect(master.panel.getByRole("button", { name: "Rotate…" })).toHaveCount(0)
})

test("an officer relates and deactivates by keyboard alone", async ({ openApp }) => {
  const { keyboard } = openApp.page
  for (const [typed, option, dialog] of [
    ["relate pay", "Relate payroll", "Relate payroll"],
    ["deact mas", "Deactivate master", "Deactivate master"],
  ] as const) {
    await keyboard.press("Control+k")
    await keyboard.type(typed)
    await expect(openApp.page.getByRole("option", { name: option })).toBeVisible()
    await keyboard.press("Enter")
    await expect(openApp.dialog(dialog)).toBeVisible()
    await keyboard.press("Escape")
    await expect(openApp.dialog(dialog)).toBeHidden()
  }
})
