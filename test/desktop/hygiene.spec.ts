import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

const key = (name: string, algorithm: string, purpose: string, more: object = {}) =>
  ["key.generate", { name, algorithm, purpose, ...more }] as const

test.use({
  plan: {
    ...emptyVault,
    startedDaysAgo: 800,
    steps: [
      ["keyring.create", { name: "payroll" }],
      key("wages", "aes-256", "encryption", { keyring: "payroll" }),
      key("old gateway", "rsa-2048", "signature", { owner: "Ada" }),
      key("exchange", "x25519", "key-agreement", { owner: "Ada", protectFor: "25y" }),
      ["wait", { days: 790 }],
      key("fresh", "ed25519", "signature", { owner: "Ada" }),
      ["keyring.policy", { name: "payroll", set: { profile: "personal", lock: { afterIdle: 60, onSuspend: true } } }],
    ],
  },
})

test("each finding of the inventory has its figure, its keys behind it, and the dialog that mends one", async ({
  openApp: app,
}) => {
  await app.go("Health")
  await app.health.show("Hygiene")
  await expect(app.health.line("Hygiene", "Never rotated")).toContainText("3 keys")
  await expect(app.health.line("Hygiene", "Deprecated")).toContainText("1 key")
  await expect(app.health.line("Hygiene", "Weak")).toContainText("none")
  await app.button("Show keys: Orphaned").click()
  await expect(app.health.lines("Orphaned")).toHaveCount(1)
  await expect(app.health.line("Orphaned", "wages")).toContainText("Nobody answers for it")
  await app.button("Set owner… wages").click()
  await app.field("Owner").fill("Grace")
  await app.button("Save").click()
  await expect(app.health.lines("Orphaned")).toHaveCount(0)
  await app.button("All findings").click()
  await expect(app.health.line("Hygiene", "Orphaned")).toContainText("none")
  await app.button("Show keys: Never rotated").press("Enter")
  await expect(app.button("All findings")).toBeFocused()
  await app.page.keyboard.press("Enter")
  await expect(app.button("Show keys: Never rotated")).toBeFocused()
  await app.button("Show keys: Deprecated").click()
  await expect(app.health.line("Deprecated", "old gateway")).toContainText("rsa-2048 has 112 bits")
  await app.button("old gateway").click()
  await expect(app.keyPanel("old gateway")).toBeVisible()
})

test("of exposed keys it is shown which protect for too long, and it can be said how long", async ({
  openApp: app,
}) => {
  await app.go("Health")
  await app.health.show("Quantum")
  const protection = app.page.getByRole("region", { name: "How long it must stay protected" })
  const lines = protection.getByRole("listitem")
  await expect(lines.first()).toContainText("exchange")
  await expect(lines.first()).toContainText("for 25 years")
  await expect(lines).toHaveCount(3)
  await app.button("Say how long… fresh").click()
  await expect(app.page.getByRole("combobox", { name: "Must stay protected" })).toBeFocused()
  await app.choose("Must stay protected", "A year")
  await app.button("Save").click()
  await expect(lines).toHaveCount(2)
  await expect(protection).toContainText("1 key must protect for longer than until quantum computers are expected.")
})

test("a setting that is looser than a policy of the vault is refused with the rule, and changes nothing", async ({
  openApp: app,
}) => {
  await app.go("Settings")
  await expect(app.page.getByText("At most 1 minute, by the policy of payroll.")).toBeVisible()
  await app.choose("When nobody touches it", "15 minutes")
  await expect(app.page.getByRole("alert")).toContainText(
    "lock-times: The policy of payroll has the vault lock after 60",
  )
  await app.choose("When nobody touches it", "30 seconds")
  await expect(app.page.getByRole("alert")).toHaveCount(0)
})
