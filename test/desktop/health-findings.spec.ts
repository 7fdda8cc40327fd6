import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

const key = (name: string, algorithm: string, purpose: string, more: object = {}) =>
  ["key.generate", { name, algorithm, purpose, ...more }] as const

test.use({
  plan: {
    ...emptyVault,
    startedDaysAgo: 400,
    steps: [
      ["keyring.create", { name: "payroll" }],
      key("wages", "aes-256", "encryption", { keyring: "payroll", rotateEvery: "1y", exportable: "never" }),
      key("old gateway", "rsa-2048", "signature", { keyring: "payroll", owner: "Ada", exportable: "never" }),
      ["keyring.policy", { name: "payroll", set: { profile: "nist-2030", required: ["owner"] } }],
      key("exchange", "x25519", "key-agreement"),
      ["wait", { days: 380 }],
      key("fresh", "ed25519", "signature"),
    ],
  },
})

test("findings come the worst first, and one click opens the dialog that mends one", async ({ openApp: app }) => {
  await app.go("Health")
  await expect(app.health.tab("Findings")).toHaveAccessibleName("Findings 3")
  await app.health.show("Findings")
  const findings = app.health.lines("Findings")
  await expect(findings).toHaveCount(3)
  await expect(findings.first()).toContainText("old gateway")
  await expect(findings.first()).toContainText("does not allow rsa-2048")
  await app.button("Warnings: 2").click()
  await expect(findings).toHaveCount(2)
  await app.button("Set owner… wages").click()
  await app.field("Owner").fill("Grace")
  await app.button("Save").click()
  await expect(findings).toHaveCount(1)
  await expect(app.health.tab("Findings")).toHaveAccessibleName("Findings 2")
  await app.button("old gateway").click()
  await expect(app.keyPanel("old gateway")).toBeVisible()
})

test("bars of algorithms, ages and exposure lead to their keys", async ({ openApp: app }) => {
  await app.go("Health")
  await app.health.show("Keys")
  await app.health.bar("RSA-2048: 1 key").click()
  await expect(app.keys.filters).toContainText("Algorithm: RSA-2048")
  await expect(app.keyRow("old gateway")).toBeVisible()
  await expect(app.keyRow("fresh")).toHaveCount(0)
  await app.go("Health")
  await app.health.show("Keys")
  await app.health.bar("under 90 days: 1 key").click()
  await expect(app.keys.filters).toContainText("Age: under 90 days")
  await expect(app.keyRow("fresh")).toBeVisible()
  await expect(app.keyRow("old gateway")).toHaveCount(0)
  await app.go("Health")
  await app.health.show("Quantum")
  await expect(app.page.getByRole("region", { name: "recorded now, read later" })).toContainText("Move to ML-KEM-768")
  await app.health.bar("X25519, key agreement: 1 key").click()
  await expect(app.keyRow("exchange")).toBeVisible()
})

test("the findings and the export are reached from the palette", async ({ openApp: app }) => {
  await app.command("check pol", "Check policies")
  await expect(app.health.lines("Findings")).toHaveCount(3)
  await app.go("Keys")
  await app.command("export inv", "Export inventory")
  await expect(app.page.getByRole("menuitem", { name: "Inventory as CSV…" })).toBeVisible()
})

test("unused keys say whether anybody answers for them", async ({ openApp: app }) => {
  await app.go("Health")
  await app.health.show("Unused")
  await expect(app.health.line("Unused keys", "wages")).toContainText("never used, unused, nobody answers for it")
  await expect(app.health.line("Unused keys", "old gateway")).not.toContainText("nobody")
  await app.button("Suspend… old gateway").click()
  await expect(app.dialog("Suspend old gateway")).toBeVisible()
})

test("a policy says what it would find before it is set, and who set it after", async ({ openApp: app }) => {
  await app.go("Health")
  await app.health.show("Policies")
  await app.button("Policy… payroll").click()
  await expect(app.dialog("Policy of payroll")).toContainText("Version 1, on NIST 2030")
  await expect(app.dialog("Policy of payroll")).toContainText("the owner of each key")
  await app.choose("Another policy", "CNSA 2.0")
  await expect(app.dialog("Policy of payroll")).toContainText("It would find 1 error and 1 warning")
  await app.button("Set policy").click()
  await expect(app.dialog("Policy of payroll")).toBeHidden()
  await app.button("Policy… payroll").click()
  await app.dialog("Policy of payroll").getByText("2 versions: what was set").click()
  await expect(app.dialog("Policy of payroll")).toContainText(/2: CNSA 2.0, set .* by app:/)
})

test("a policy comes from a file, or is refused with what is wrong in it", async ({ openApp: app }) => {
  const file = join(app.home, "strict.json")
  writeFileSync(file, JSON.stringify({ profile: "cnsa-2.0", description: "For wages", purposes: ["encryption"] }))
  const broken = join(app.home, "broken.json")
  writeFileSync(broken, JSON.stringify({ profile: "nobody-knows" }))
  await app.go("Health")
  await app.health.show("Policies")
  await app.button("Policy… payroll").click()
  const dialog = app.dialog("Policy of payroll")
  await dialog.locator("input[type=file]").setInputFiles(broken)
  await expect(dialog.getByRole("alert")).toContainText("profile")
  await dialog.locator("input[type=file]").setInputFiles(file)
  await expect(dialog.getByRole("status")).toContainText("It would find 2 errors and 1 warning")
  await app.button("Set policy").click()
  await expect(dialog).toBeHidden()
  await app.button("Policy… payroll").click()
  await expect(dialog).toContainText("For wages")
})

test("the inventory and the due dates leave to files that the person names", async ({ openApp: app }) => {
  await app.go("Health")
  for (const [item, name, text] of [
    ["Inventory as CSV…", "inventory.csv", /^id,name,.*\r\n.*wages/s],
    ["Inventory as CycloneDX…", "inventory.cdx.json", /"bomFormat": ?"CycloneDX"/],
    ["Due dates as calendar…", "due.ics", /^BEGIN:VCALENDAR\r\n.*SUMMARY:Rotate wages/s],
  ] as const) {
    const path = join(app.home, name)
    await app.answerDialog(path)
    await app.button("Export").click()
    await app.page.getByRole("menuitem", { name: item }).click()
    await expect(app.page.getByRole("status").filter({ hasText: `exported to ${name}` })).toBeVisible()
    expect(readFileSync(path, "utf8")).toMatch(text)
  }
})

test("a backup that no drill has restored is named until one has", async ({ openApp: app }) => {
  await app.go("Backups")
  await app.backups.make(join(app.home, "one.clvbackup"))
  await app.go("Health")
  await app.health.show("Backups")
  await app.backups.startDrill("one.clvbackup")
  await app.backups.answerDrill(passphrase)
  await expect(app.backups.drillDialog).toContainText("one.clvbackup restores")
  await app.button("Done").click()
  await expect(app.heading("Every backup was restored in a drill")).toBeVisible()
  await expect(app.health.tab("Backups")).toHaveAccessibleName("Backups")
})
