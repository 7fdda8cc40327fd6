import { expectNothingFound } from "./axe.ts"
import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

const key = (name: string, algorithm: string, purpose: string, more: object = {}) =>
  ["key.generate", { name, algorithm, purpose, ...more }] as const

test.use({
  plan: {
    ...emptyVault,
    steps: [
      key("deploy", "ed25519", "ssh", { owner: "ann", environment: "production" }),
      key("nightly", "aes-256", "encryption", { owner: "ann" }),
      key("resting", "aes-256", "encryption", { owner: "ann" }),
      ["key.suspend", { name: "resting", reason: "under review" }],
      key("api", "secret", "secret", { owner: "carol" }),
      key("of bob", "ed25519", "signature", { owner: "bob" }),
    ],
  },
})

test("somebody leaves: the keys are shown first, their rotations begin, and it is followed until it is closed", async ({
  openApp: app,
}) => {
  await app.go("Health")
  await app.button("Events").click()
  await expect(app.heading("No event")).toBeVisible()
  await app.button("Raise an event…").first().click()
  await app.events.preview("Owner departed", { Owner: "ann", Reason: "left the company" })
  await expect(app.events.dialog).toContainText("It touches 3 keys")
  await expect(app.events.dialog.getByRole("region", { name: "Keys that it touches" })).not.toContainText("of bob")
  await app.events.dialog.getByRole("button", { name: "Raise it, and begin 3 rotations" }).click()

  await expect(app.events.title("Owner departed: ann")).toBeVisible()
  await expect(app.page.getByRole("status").first()).toContainText("3 keys: 1 to rotate, 2 rotating")
  await expect(app.page.getByRole("status").filter({ hasText: "could not be begun" })).toContainText("resting")
  await expect(app.events.key("deploy")).toContainText("next: test both versions")
  await app.button("Rotation… deploy").click()
  await app.rotations.act("Test both versions", "deploy")
  await app.rotations.act("Switch to version 2", "deploy")
  await app.button("Close").click()
  await expect(app.events.key("deploy")).toContainText("waits: the grace ends at")

  await app.button("All events").click()
  await expect(app.events.row(/Owner departed: ann/)).toContainText("1 to rotate, 2 rotating")
  await app.page.getByRole("tab", { name: /^Rotations by steps/ }).click()
  await expect(app.health.lines("Rotations that go on")).toHaveCount(2)
  await app.page.getByRole("tab", { name: /^Events/ }).click()
  await app.button("Owner departed: ann").click()
  await app.events.close("the rest is followed on paper")
  await expect(app.page.getByRole("status").first()).toContainText("Closed")
  await expect(app.button("Close the event…")).toHaveCount(0)
})

test("an event that touches no key says so in the dialog, and is not noted", async ({ openApp: app }) => {
  await app.command("raise ev", "Raise event")
  await app.events.preview("System decommissioned", { Environment: "prodution", Reason: "moved away" })
  await expect(app.events.dialog.getByRole("alert")).toContainText("It touches no key that works.")
  await app.events.field("Environment").fill("production")
  await expect(app.events.dialog.getByRole("alert")).toHaveCount(0)
  await app.events.dialog.getByRole("button", { name: "Show its keys" }).click()
  await expect(app.events.dialog).toContainText("It touches 1 key")
  await app.events.field("Environment").fill("elsewhere")
  await expect(app.events.dialog).not.toContainText("It touches")
  await app.button("Cancel").click()
  await app.command("go to events", "Go to Events")
  await expect(app.heading("No event")).toBeVisible()
})

test("what could not be begun is begun later, from the event", async ({ openApp: app }) => {
  await app.command("raise ev", "Raise event")
  await app.events.preview("Owner departed", { Owner: "ann", Reason: "left" })
  await app.events.dialog.getByRole("button", { name: /^Raise it/ }).click()
  await app.button("resting").click()
  await app.key("resting").press("Resume…")
  await app.dialog("Resume resting").getByLabel("Reason").fill("needed")
  await app.dialog("Resume resting").getByRole("button", { name: "Resume" }).click()
  await expect(app.dialog("Resume resting")).toBeHidden()
  await app.command("go to events", "Go to Events")
  await app.button("Owner departed: ann").click()
  await app.button("Begin 1 rotation").click()
  await expect(app.page.getByRole("status").first()).toContainText("3 keys: 3 rotating")
  await expect(app.events.key("resting")).toContainText("rotating")
})

test("the next step of all its keys is done at once, and a key that waits is left out", async ({ openApp: app }) => {
  await app.command("raise ev", "Raise event")
  await app.events.preview("Owner departed", { Owner: "ann", Reason: "left" })
  await app.events.dialog.getByRole("button", { name: /^Raise it/ }).click()
  await app.button("Rotation… deploy").click()
  await app.rotations.act("Pause rotation", "deploy")
  await app.button("Close").click()
  await app.button("Next steps…").click()
  const dialog = app.dialog("Next steps")
  await expect(dialog).toContainText("1 key: both versions are tested")
  await expect(dialog).toContainText("left out: it is paused")
  await dialog.getByRole("button", { name: "Do 1 step" }).click()
  await expect(dialog).toContainText("✓ both versions do their job")
  await dialog.getByRole("button", { name: "Done" }).click()
  await expect(app.events.key("nightly")).toContainText("next: switch to version 2")
  await expect(app.events.key("deploy")).toContainText("next: test both versions; waits: it is paused")
})

test("a secret text that was made here goes on by steps from the event", async ({ openApp: app }) => {
  await app.command("raise ev", "Raise event")
  await app.events.preview("Owner departed", { Owner: "carol", Reason: "left" })
  await app.events.dialog.getByRole("button", { name: /^Raise it/ }).click()
  await app.button("Rotation… api").click()
  await app.rotations.act("Test both versions", "api")
  await expect(app.rotations.step("Test")).toContainText("done")
})

test("what a compromised key protected is rotated as one event", async ({ openApp: app }) => {
  await app.key("deploy").relate("protects", "of bob")
  await app.key("deploy").press("Compromised…")
  const dialog = app.dialog("deploy is compromised")
  await dialog.getByLabel("Reason").fill("laptop stolen")
  await dialog.getByLabel(/Type the key's name/).fill("deploy")
  await dialog.getByRole("button", { name: "Stop its use for good" }).click()
  await app.button("Rotate what is exposed…").click()
  await expect(app.events.dialog.getByRole("radio", { name: "Suspicion" })).toBeChecked()
  await app.events.dialog.getByRole("button", { name: "Show its keys" }).click()
  await app.events.dialog.getByRole("button", { name: "Raise it, and begin 1 rotation" }).click()
  await expect(app.events.title("Suspicion: of bob")).toBeVisible()
  await expect(app.events.key("of bob")).toContainText("rotating")
})

test.describe("many keys that take long to make", () => {
  const long = Array.from({ length: 8 }, (_, index) => key(`gate ${index}`, "rsa-3072", "signature", { owner: "dora" }))
  test.use({ plan: { ...emptyVault, steps: long } })

  test("beginning their rotations is cancelled; the event is noted, and the rest is begun from it", async ({
    openApp: app,
  }) => {
    await app.command("raise ev", "Raise event")
    await app.events.preview("Owner departed", { Owner: "dora", Reason: "left" })
    await app.events.dialog.getByRole("button", { name: /^Raise it/ }).click()
    await app.events.dialog.getByRole("button", { name: "Cancel" }).click()
    await expect(app.events.title("Owner departed: dora")).toBeVisible()
    await expect(app.page.getByRole("status").first()).toContainText(/8 keys: \d to rotate/)
    await app.page.getByRole("button", { name: /^Begin \d rotations?$/ }).click()
    await expect(app.page.getByRole("status").first()).toContainText("8 keys: 8 rotating")
  })
})

for (const appearance of ["light", "dark"] as const) {
  test(`axe finds nothing where events are raised, followed and closed, ${appearance}`, async ({ openApp: app }) => {
    await app.page.emulateMedia({ colorScheme: appearance })
    await app.command("go to events", "Go to Events")
    await expectNothingFound(app, "no event", appearance)
    await app.button("Raise an event…").first().click()
    for (const kind of ["System decommissioned", "Rules changed", "Suspicion", "Owner departed"]) {
      await app.events.dialog.getByRole("radio", { name: kind }).check()
      await expectNothingFound(app, kind, appearance)
    }
    await app.events.preview("Owner departed", { Owner: "ann", Reason: "left" })
    await expect(app.events.dialog).toContainText("It touches 3 keys")
    await expectNothingFound(app, "keys that it touches", appearance)
    await app.events.dialog.getByRole("button", { name: /^Raise it/ }).click()
    await expect(app.events.title("Owner departed: ann")).toBeVisible()
    await expectNothingFound(app, "event", appearance)
    await app.button("Next steps…").click()
    await expect(app.dialog("Next steps")).toBeVisible()
    await expectNothingFound(app, "Next steps", appearance)
    await app.button("Cancel").click()
    await app.button("Close the event…").click()
    await expectNothingFound(app, "Close the event", appearance)
    await app.button("Cancel").click()
    await app.button("All events").click()
    await expectNothingFound(app, "events", appearance)
    await app.page.getByRole("tab", { name: /^Rotations by steps/ }).click()
    await expectNothingFound(app, "rotations", appearance)
  })
}
