import { expectNothingFound } from "./axe.ts"
import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

const wrapping = (name: string) =>
  ["key.generate", { name, algorithm: "aes-256", purpose: "key-wrapping", rotateEvery: "90d" }] as const

/** `grace over` was switched 40 days ago, and a data key is still under its version 1. */
test.use({
  plan: {
    ...emptyVault,
    startedDaysAgo: 100,
    steps: [
      wrapping("payroll"),
      wrapping("grace over"),
      wrapping("child"),
      ["key.relate", { name: "grace over", kind: "wraps", other: "child" }],
      ["key.datakey", { name: "grace over", register: "database", wrappedOnly: true }],
      ["rotation.start", { name: "grace over", grace: "30d" }],
      ["rotation.advance", { name: "grace over" }],
      ["rotation.advance", { name: "grace over" }],
      ["wait", { days: 100 }],
    ],
  },
})

test("a key rotates by steps from its panel: it is tried, switched, held, and undone", async ({ openApp: app }) => {
  await app.openKey("payroll")
  await app.key("payroll").press("Rotate…")
  await app.rotations.begin("payroll", { grace: "For 7 days" })
  await expect(app.rotations.step("Create")).toContainText("done")
  await expect(app.rotations.step("Create")).toContainText("app:")
  await expect(app.rotations.step("Test")).toHaveAttribute("aria-current", "step")
  await expect(app.keyPanel("payroll").getByRole("button", { name: "Rotate…" })).toHaveCount(0)
  await app.rotations.act("Test both versions", "payroll")
  await expect(app.rotations.step("Test")).toContainText("done")
  await app.rotations.act("Pause rotation", "payroll", { Reason: "holidays" })
  await expect(app.keyPanel("payroll")).toContainText("it is paused")
  await expect(app.button("Switch to version 2…")).toBeDisabled()
  await app.rotations.act("Resume rotation", "payroll")
  await app.rotations.act("Switch to version 2", "payroll")
  await expect(app.rotations.step("Switch")).toContainText("done")
  await expect(app.rotations.step("Grace")).toHaveAttribute("aria-current", "step")
  await expect(app.keyPanel("payroll")).toContainText("the grace ends at")
  await expect(app.button("Retire version 1…")).toBeDisabled()
  await app.rotations.act("Roll back", "payroll", { Reason: "clients were not ready" })
  await expect(app.rotations.step("Create")).toHaveCount(0)
  await app.key("payroll").show("Versions")
  await expect(app.keyPanel("payroll")).toContainText("Version 1, current")
  await app.key("payroll").press("Rotate…")
  await expect(app.dialog("Rotate payroll")).toContainText("Version 3 is made")
})

test("the old version is retired once the data keys have moved, and only by who types the key's name", async ({
  openApp: app,
}) => {
  await app.openKey("grace over")
  await expect(app.rotations.step("Check")).toContainText("1 registered data key is still to be moved")
  await expect(app.button("Retire version 1…")).toBeDisabled()
  await app.rotations.act("Rewrap data keys", "grace over")
  await expect(app.rotations.step("Check")).toContainText("done")
  await app.button("Retire version 1…").click()
  const dialog = app.dialog("Retire version 1: grace over")
  await expect(dialog).toContainText("wraps or protects 1 other key (child)")
  await expect(dialog.getByRole("button", { name: "Retire version 1", exact: true })).toBeDisabled()
  await dialog.getByLabel(/Type the key's name/).fill("grace over")
  await dialog.getByRole("button", { name: "Retire version 1", exact: true }).click()
  await expect(app.rotations.step("Create")).toHaveCount(0)
  await app.key("grace over").show("Versions")
  await expect(app.keyPanel("grace over")).toContainText("deactivated")
})

test("Rotate… in Health leads to the rotation that goes on, and is not denied", async ({ openApp: app }) => {
  await app.openKey("payroll")
  await app.key("payroll").press("Rotate…")
  await app.rotations.begin("payroll")
  await app.go("Health")
  await expect(app.health.line("What is due", "payroll")).toContainText("rotates by steps")
  await app.button("Rotation… payroll").click()
  await expect(app.dialog("Rotation by steps: payroll")).toBeVisible()
  await app.rotations.act("Test both versions", "payroll")
  await expect(app.rotations.step("Test")).toContainText("done")
  await app.button("Close").click()
  await app.go("Audit")
  await expect(app.audit.row("rotation.test").first()).toBeVisible()
  await expect(app.audit.row("key.rotate")).toHaveCount(0)
})

test("what stops a step is told where it was asked for, and nothing moves on", async ({ openApp: app }) => {
  await app.openKey("payroll")
  await app.key("payroll").press("Rotate…")
  await app.rotations.begin("payroll")
  await app.button("Test both versions…").click()
  // Somebody else moves it on meanwhile.
  await app.page.evaluate(() => window.claviger.invoke("rotation.pause", { name: "payroll" }))
  const dialog = app.dialog("Test both versions: payroll")
  await dialog.getByRole("button", { name: "Test both versions", exact: true }).click()
  await expect(dialog.getByRole("alert")).toContainText("it is paused")
  await app.button("Cancel").click()
  await expect(app.keyPanel("payroll")).toContainText("Rotation by steps, paused")
  await expect(app.rotations.step("Test")).toHaveAttribute("aria-current", "step")
})

test("the palette begins a rotation by steps, and does what is next", async ({ openApp: app }) => {
  await app.command("rotate by steps payr", "Rotate by steps: payroll")
  await app.button("Begin the rotation").click()
  await expect(app.dialog("Rotate payroll")).toBeHidden()
  await app.command("test both payr", "Test both versions: payroll")
  await app.dialog("Test both versions: payroll").getByRole("button", { name: "Test both versions" }).click()
  await expect(app.dialog("Test both versions: payroll")).toBeHidden()
  await app.command("roll back payr", "Roll back: payroll")
  await expect(app.dialog("Roll back: payroll")).toContainText("which has done no work yet, is destroyed")
})

for (const appearance of ["light", "dark"] as const) {
  test(`axe finds nothing where a key rotates by steps, ${appearance}`, async ({ openApp: app }) => {
    await app.page.emulateMedia({ colorScheme: appearance })
    await app.openKey("payroll")
    await app.key("payroll").press("Rotate…")
    await app.page.getByRole("radio", { name: "By steps" }).check()
    await expectNothingFound(app, "Rotate by steps", appearance)
    await app.button("Cancel").click()
    await app.openKey("grace over")
    await expect(app.rotations.step("Retire")).toBeVisible()
    await expectNothingFound(app, "steps", appearance)
    for (const act of ["Rewrap data keys…", "Pause rotation…", "Roll back…"]) {
      await app.button(act).click()
      await expectNothingFound(app, act, appearance)
      await app.button("Cancel").click()
    }
    await app.rotations.act("Rewrap data keys", "grace over")
    await app.button("Retire version 1…").click()
    await expectNothingFound(app, "Retire", appearance)
    await app.button("Cancel").click()
    await app.go("Health")
    await app.button("Rotation… grace over").click()
    await expectNothingFound(app, "rotation in a dialog", appearance)
  })
}
