import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expectNothingFound } from "./axe.ts"
import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

const key = (name: string, more: object = {}) =>
  ["key.generate", { name, algorithm: "ed25519", purpose: "ssh", owner: "Ada", ...more }] as const

test.use({
  plan: {
    ...emptyVault,
    steps: [
      key("deploy", { environment: "production" }),
      key("child"),
      ["key.relate", { name: "deploy", kind: "protects", other: "child" }],
    ],
  },
})

test("a compromised key is stopped, replaced, revoked and reviewed, and the report is written", async ({
  openApp: app,
}) => {
  await app.openKey("deploy")
  await app.key("deploy").press("Compromised…")
  const dialog = app.dialog("deploy is compromised")
  await expect(dialog).toContainText("1 other key and no things that it protected are exposed")
  await dialog.getByLabel("Reason").fill("laptop stolen")
  await expect(dialog.getByRole("button", { name: "Stop its use for good" })).toBeDisabled()
  await dialog.getByLabel(/Type the key's name/).fill("deploy")
  await dialog.getByRole("button", { name: "Stop its use for good" }).click()

  await expect(app.incidents.title("Compromise of deploy")).toBeVisible()
  await expect(app.incidents.step("Contain")).toContainText("done")
  await expect(app.incidents.step("Replace")).toHaveAttribute("aria-current", "step")
  await expect(app.page.getByRole("region", { name: "Exposed" })).toContainText("child")

  await app.incidents.press("Replace", "Rotate…")
  await app.dialog("Rotate deploy").getByRole("button", { name: "Rotate", exact: true }).click()
  await expect(app.incidents.step("Replace")).toContainText("Version 2 does the work.")
  await app.incidents.mark("Replace", "Done")
  await expect(app.incidents.step("Replace")).toContainText("done")

  const list = join(app.home, "deploy.krl")
  await app.answerDialog(list)
  await app.incidents.press("Revoke", "Make a revocation…")
  await app.dialog("Revoke deploy").getByRole("button", { name: "Save the revocation…" }).click()
  await expect(app.incidents.step("Revoke")).toContainText("A revocation was made")
  expect(readFileSync(list).subarray(0, 6).toString()).toBe("SSHKRL")
  await app.incidents.mark("Revoke", "Done")

  await app.incidents.press("Destroy", "Destroy old versions…")
  await app.dialog("Destroy what was compromised of deploy").getByRole("button", { name: "Destroy in 30 days" }).click()
  await app.incidents.mark("Destroy", "Done", "it waits for its destruction")

  await app.button("Close the incident…").click()
  await app.page.getByLabel("Root cause").fill("the disk was not encrypted")
  await app.dialog("Close the incident of deploy").getByRole("button", { name: "Close the incident" }).click()
  await expect(app.page.getByText("the disk was not encrypted", { exact: true })).toBeVisible()

  const report = join(app.home, "report.pdf")
  await app.answerDialog(report)
  await app.button("Report as PDF…").click()
  await expect(app.page.getByRole("status")).toContainText("Written to")
  expect(readFileSync(report).subarray(0, 5).toString()).toBe("%PDF-")
})

test("a rehearsal says so everywhere, and the key goes on", async ({ openApp: app }) => {
  await app.openKey("deploy")
  await app.key("deploy").press("Compromised…")
  await app.page.getByRole("radio", { name: "It is a rehearsal" }).check()
  const dialog = app.dialog("REHEARSAL: deploy is compromised")
  await dialog.getByLabel("Reason").fill("yearly exercise")
  await dialog.getByRole("button", { name: "Begin the rehearsal" }).click()
  await expect(app.incidents.title("REHEARSAL: compromise of deploy")).toBeVisible()
  await app.incidents.mark("Contain", "Done")
  await app.button("All incidents").click()
  await expect(app.page.getByRole("row", { name: /deploy/ })).toContainText("REHEARSAL")
  await app.go("Keys")
  await app.openKey("deploy")
  await expect(app.keyPanel("deploy")).toContainText("active")
  await expect(app.keyPanel("deploy")).toContainText("REHEARSAL")
  await app.keyPanel("deploy").getByRole("button", { name: "Incident" }).click()
  await expect(app.incidents.title("REHEARSAL: compromise of deploy")).toBeVisible()
})

for (const appearance of ["light", "dark"] as const) {
  test(`axe finds nothing where a compromise is told, tracked and closed, ${appearance}`, async ({ openApp: app }) => {
    await app.page.emulateMedia({ colorScheme: appearance })
    await app.openKey("deploy")
    await app.key("deploy").press("Compromised…")
    await expectNothingFound(app, "Compromised…", appearance)
    const dialog = app.dialog("deploy is compromised")
    await dialog.getByLabel("Reason").fill("laptop stolen")
    await dialog.getByLabel(/Type the key's name/).fill("deploy")
    await dialog.getByRole("button", { name: "Stop its use for good" }).click()
    await expect(app.incidents.title("Compromise of deploy")).toBeVisible()
    await expectNothingFound(app, "incident", appearance)
    await app.incidents.press("Revoke", "Make a revocation…")
    await expectNothingFound(app, "Revoke", appearance)
    await app.button("Cancel").click()
    await app.incidents.press("Destroy", "Destroy old versions…")
    await expectNothingFound(app, "Destroy old versions", appearance)
    await app.button("Cancel").click()
    await app.incidents.press("Replace", "Mark or assign…")
    await expectNothingFound(app, "a step", appearance)
    await app.button("Cancel").click()
    await app.button("All incidents").click()
    await expectNothingFound(app, "incidents", appearance)
    await app.go("Keys")
    await app.openKey("deploy")
    await app.key("deploy").show("Use")
    await expectNothingFound(app, "the use of a compromised key", appearance)
  })
}

test("the palette leads to incidents, and an empty list teaches", async ({ openApp: app }) => {
  await app.page.keyboard.press("Control+k")
  await app.page.keyboard.type("incidents")
  await app.page.keyboard.press("Enter")
  await expect(app.incidents.title("Incidents")).toBeVisible()
  await expect(app.heading("No incident")).toBeVisible()
})

test("a report that is not given a place is not made", async ({ openApp: app }) => {
  await app.openKey("child")
  await app.key("child").press("Compromised…")
  const dialog = app.dialog("child is compromised")
  await dialog.getByLabel("Reason").fill("laptop stolen")
  await dialog.getByLabel(/Type the key's name/).fill("child")
  await dialog.getByRole("button", { name: "Stop its use for good" }).click()
  await expect(app.incidents.title("Compromise of child")).toBeVisible()
  await app.answerDialog(null)
  await app.button("Report as Markdown…").click()
  await app.go("Audit")
  await expect(app.audit.row("key.compromise").first()).toBeVisible()
  await expect(app.audit.row("incident.report")).toHaveCount(0)
  expect(existsSync(join(app.home, "incident child.md"))).toBe(false)
})
