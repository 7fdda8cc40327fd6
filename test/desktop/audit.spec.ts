import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault, type VaultPlan } from "./vault-plan.ts"

type Step = VaultPlan["steps"][number]

const dataKey = (name: string): Step => ["key.datakey", { name, wrappedOnly: true }]
const key = (name: string): Step => ["key.generate", { name, algorithm: "aes-256", purpose: "key-wrapping" }]
const nextDay: Step = ["wait", { days: 1 }]

/** A key in daily use at one hour of the day, that is used thirty times at another one; and one that rested for long. */
const plan: VaultPlan = {
  ...emptyVault,
  startedDaysAgo: 231,
  steps: [
    key("archive"),
    ["wait", { days: 200 }],
    key("shop"),
    ...Array.from({ length: 25 }, () => [dataKey("shop"), nextDay]).flat(),
    ["wait", { days: 0.5 }],
    ...Array.from({ length: 30 }, () => dataKey("shop")),
    ["wait", { days: 0.5 }],
    dataKey("archive"),
    ["key.suspend", { name: "archive", reason: "looked at" }],
  ],
}

test.use({ plan })

test("the log is whole, which the screen says as it opens, and again when it is asked", async ({ openApp: app }) => {
  await app.go("Audit")
  await expect(app.audit.verified).toContainText(/^verified to row \d+, just now$/)
  await app.button("Verify log").click()
  await expect(app.audit.verified).toContainText("just now")
})

test("rows are found by key, action, outcome and time, all at once", async ({ openApp: app }) => {
  await app.go("Audit")
  await app.audit.filterByKey("archive")
  await app.audit.expectRows(["audit.unusual", "key.suspend", "key.datakey", "key.generate"])
  await app.audit.filterBy("Action", "key.datakey")
  await app.audit.expectRows(["key.datakey"])
  await app.audit.filterBy("By", "app:demo")
  await app.audit.expectRows(["key.datakey"])
  await app.audit.filterBy("Outcome", "done")
  await app.audit.filterBy("Time", "Last 30 days")
  await app.audit.expectRows(["key.datakey"])
  await app.audit.clearFilters()
  await app.audit.filterByKey("archive")
  const made = new Date(Date.now() - 231 * 86_400_000)
  const day = `${made.getFullYear()}-${String(made.getMonth() + 1).padStart(2, "0")}-${String(made.getDate()).padStart(2, "0")}`
  await app.audit.filterByDays(day, day)
  await app.audit.expectRows(["key.generate"])
})

test("where no row meets the conditions the screen says what to do", async ({ openApp: app }) => {
  await app.go("Audit")
  await app.audit.filterBy("Outcome", "failed")
  await expect(app.heading("No such row")).toBeVisible()
  await app.audit.clearFilters()
  await expect(app.audit.row("vault.unlock").first()).toBeVisible()
})

test("arrow keys walk through the log, and each row opens with all that it says", async ({ openApp: app }) => {
  await app.go("Audit")
  await app.audit.filterByKey("archive")
  await app.audit.expectRows(["audit.unusual", "key.suspend", "key.datakey", "key.generate"])
  await app.audit.focus()
  await app.page.keyboard.press("ArrowDown")
  await app.page.keyboard.press("ArrowDown")
  const panel = app.page.getByRole("complementary")
  await expect(panel).toContainText("looked at")
  await app.page.keyboard.press("ArrowDown")
  await expect(panel).toContainText("key.datakey")
  await panel.getByRole("button", { name: "All of this action" }).click()
  await expect(app.audit.row("key.datakey shop").first()).toBeVisible()
})

test("unusual use is told with its reason, and leads to its rows", async ({ openApp: app }) => {
  await app.go("Audit")
  await expect(app.audit.unusual).toContainText("Used for the first time, 226 days after it came into the vault.")
  await app.audit.unusual.getByRole("button", { name: "Show all 3" }).click()
  await expect(app.audit.unusual).toContainText("The vault was used between")
  await expect(app.audit.unusual).toContainText("Used 30 times within an hour; before, never more than once.")
  await app.audit.unusual.getByRole("button", { name: "Show rows: Burst shop" }).click()
  await expect(app.audit.row("key.datakey shop").first()).toBeVisible()
  await expect(app.audit.row("archive")).toHaveCount(0)
  await expect(app.page.getByRole("combobox", { name: "Key" })).toHaveValue("shop")
})

test("the log is exported and verified from the palette, by the names of the buttons", async ({ openApp: app }) => {
  const file = join(app.home, "log.jsonl")
  await app.answerDialog(file)
  await app.command("export log", "Export log")
  await app.typePassphraseAgain(passphrase)
  await expect(app.page.getByText("exported to log.jsonl")).toBeVisible()
  expect(existsSync(file)).toBe(true)
  expect(readFileSync(file, "utf8")).toContain("key.suspend")
  await app.command("verify log", "Verify log")
  await expect(app.audit.verified).toContainText("just now")
})
