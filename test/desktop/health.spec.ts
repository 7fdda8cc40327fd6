import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

const key = (name: string, more: object = {}) =>
  ["key.generate", { name, algorithm: "aes-256", purpose: "encryption", ...more }] as const

const list = "What is due"

test.use({
  plan: {
    ...emptyVault,
    startedDaysAgo: 100,
    steps: [
      key("late", { rotateEvery: "90d", owner: "Ada" }),
      key("next", { rotateEvery: "105d" }),
      key("far", { rotateEvery: "300d" }),
      key("restful"),
      key("password", { algorithm: "secret", purpose: "secret", rotateEvery: "102d" }),
      ["keyring.create", { name: "payroll" }],
      ["keyring.policy", { name: "payroll", set: { cryptoperiods: { "key-wrapping": "1y" } } }],
    ],
  },
})

test("what is overdue is in the navigation, on the calendar and in the list, and its rotation begins there", async ({
  openApp: app,
}) => {
  await expect(app.health.entry).toHaveAccessibleName(/1 overdue/)
  await app.go("Health")
  await expect(app.health.lines(list)).toHaveCount(6)
  await expect(app.health.line(list, "late")).toContainText("overdue")
  await expect(app.health.line(list, "late")).toContainText("Ada")
  await expect(app.health.line(list, "next")).toContainText("due soon")
  await expect(app.health.line(list, "far")).toContainText("planned")
  await app.button("Rotate… late").click()
  await app.dialog("Rotate late").getByRole("button", { name: "Rotate", exact: true }).click()
  await expect(app.dialog("Rotate late")).toBeHidden()
  await expect(app.health.line(list, "late")).toContainText("planned")
  await expect(app.health.entry).toHaveAccessibleName("Health")
})

test("the calendar is walked by keyboard, and a day narrows the list", async ({ openApp: app }) => {
  await app.go("Health")
  await app.health.day(/today/).focus()
  for (let step = 0; step < 5; step += 1) await app.page.keyboard.press("ArrowRight")
  await expect(app.health.day(/1 due/)).toBeFocused()
  await app.page.keyboard.press("Enter")
  await expect(app.health.lines(list)).toHaveCount(1)
  await expect(app.health.lines(list)).toContainText("next")
  await app.button("All days").click()
  await app.health.day(/1 due/).focus()
  await app.page.keyboard.press("PageDown")
  await expect(app.health.day(/today/)).toHaveCount(0)
  await app.button("Today").click()
  await expect(app.health.day(/today/)).toBeVisible()
})

test("a name opens its key", async ({ openApp: app }) => {
  await app.go("Health")
  await app.button("far").click()
  await expect(app.keyPanel("far")).toBeVisible()
})

test("a secret text that is due is rotated where it is listed", async ({ openApp: app }) => {
  await app.go("Health")
  await app.button("Rotate… password").click()
  await app.dialog("Rotate password").getByRole("button", { name: "Rotate", exact: true }).click()
  await expect(app.dialog("Rotate password")).toBeHidden()
  await app.button("password").click()
  await app.key("password").show("Versions")
  await expect(app.keyPanel("password")).toContainText("Version 2, current")
})

test("keyrings' own keys and the master key are due where a policy limits them", async ({ openApp: app }) => {
  await app.go("Health")
  await expect(app.health.line(list, "Keyring payroll")).toContainText("planned")
  await expect(app.health.line(list, "Master key of the vault")).toContainText("rotation")
  await app.health
    .line("What is due", "payroll")
    .getByRole("button", { name: /^Rotate…/ })
    .click()
  await app.button("Rotate the keyring").click()
  await expect(app.page.getByRole("dialog")).toHaveCount(0)
  await app.button("Incidents").click()
  await expect(app.page.getByRole("heading", { name: "Incidents" })).toBeVisible()
})
