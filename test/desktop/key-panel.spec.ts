import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

test.use({
  plan: {
    ...emptyVault,
    steps: [
      [
        "key.generate",
        { name: "deploy", algorithm: "ed25519", purpose: "ssh", exportable: "wrapped", owner: "Ada", tags: ["old"] },
      ],
      ["key.generate", { name: "root", algorithm: "ec-p384", purpose: "certificate-authority" }],
      ["key.generate", { name: "webhook", algorithm: "hmac-sha256", purpose: "mac" }],
      ["key.relate", { name: "deploy", kind: "depends-on", other: "root" }],
      ["key.relate", { name: "webhook", kind: "protects", other: "deploy" }],
    ],
  },
})

test("what is said of a key is edited: name, owner, environment, tags", async ({ openApp }) => {
  await openApp.openKey("deploy")
  await openApp.key("deploy").press("Edit…")
  await openApp.field("Name").fill("deployment")
  await openApp.field("Owner").fill("Grace")
  await openApp.field("Environment").fill("production")
  await openApp.field("Tags").fill("audited")
  await openApp.page.keyboard.press("Enter")
  await openApp.button("Save").click()
  const { panel } = openApp.key("deployment")
  for (const text of ["Grace", "production", "audited", "old"]) await expect(panel).toContainText(text)
  await openApp.key("deployment").show("History")
  await expect(panel).toContainText("key.set")
})

test("the rules of a key are changed: rotation, end, export only stricter", async ({ openApp }) => {
  const key = openApp.key("deploy")
  await key.show("Policy")
  await expect(key.panel).toContainText("leaves encrypted only")
  await key.press("Change the rules…")
  await openApp.choose("Rotation", "Every 90 days")
  await openApp.field("Expires").fill("2099-12-31")
  await expect(openApp.choices("Export")).resolves.toEqual(["never leaves this vault", "leaves encrypted only"])
  await openApp.choose("Export", "never leaves this vault")
  await openApp.button("Save").click()
  for (const text of ["every 90 days", "31 Dec 2099", "never leaves this vault"])
    await expect(key.panel).toContainText(text)
})

test("an end that lies in the past must be confirmed, for it is for good", async ({ openApp }) => {
  const key = openApp.key("webhook")
  await key.show("Policy")
  await key.press("Change the rules…")
  await openApp.field("Expires").fill("2020-01-01")
  await expect(openApp.button("Save")).toBeDisabled()
  await openApp.page.getByRole("checkbox", { name: "That day is past" }).check()
  await openApp.button("Save").click()
  await expect(openApp.keyRow("webhook")).toContainText("deactivated")
})

test("the randomart is the one that ssh-keygen draws", async ({ openApp }) => {
  const file = join(openApp.home, "deploy.pub")
  await openApp.answerDialog(file)
  await openApp.openKey("deploy")
  const drawn = await openApp
    .keyPanel("deploy")
    .getByRole("img", { name: "Randomart of the fingerprint" })
    .textContent()
  await openApp.key("deploy").press("Export…")
  await openApp.page.getByRole("checkbox", { name: "OpenSSH" }).check()
  await openApp.page.getByRole("checkbox", { name: "SPKI" }).uncheck()
  await openApp.button("Choose a file and export").click()
  await expect(openApp.dialog("Export deploy")).toBeHidden()
  const [, ...art] = execFileSync("ssh-keygen", ["-lv", "-f", file], { encoding: "utf8" }).trimEnd().split("\n")
  expect(drawn).toBe(art.join("\n"))
})

test("relations are listed in words both ways, and lead to the other key", async ({ openApp }) => {
  const key = openApp.key("deploy")
  await key.show("Relations")
  const relations = key.panel.getByRole("list", { name: "Relations" })
  await expect(relations.getByRole("listitem")).toHaveText(["depends on root", "is protected by webhook"])
  await relations.getByRole("button", { name: "root", exact: true }).click()
  await expect(openApp.keyPanel("root")).toBeVisible()
})

test("one key leaves in several formats at once", async ({ openApp }) => {
  await openApp.answerDialog(openApp.home)
  await openApp.openKey("deploy")
  await openApp.key("deploy").press("Export…")
  await openApp.page.getByRole("checkbox", { name: "OpenSSH" }).check()
  await openApp.page.getByRole("checkbox", { name: "JSON Web Key" }).check()
  await openApp.button("Choose a folder and export 3 files").click()
  await expect(openApp.dialog("Export deploy")).toBeHidden()
  const line = execFileSync("ssh-keygen", ["-l", "-f", join(openApp.home, "deploy.pub")], { encoding: "utf8" })
  expect(line).toContain("ED25519")
  execFileSync("openssl", ["pkey", "-pubin", "-in", join(openApp.home, "deploy.pub.pem"), "-noout"])
})

test("a file that is there already is not replaced in a folder, and the window says so in its own words", async ({
  openApp,
}) => {
  await openApp.answerDialog(openApp.home)
  await openApp.openKey("deploy")
  for (const isFirst of [true, false]) {
    await openApp.key("deploy").press("Export…")
    await openApp.page.getByRole("checkbox", { name: "OpenSSH" }).check()
    await openApp.button("Choose a folder and export 2 files").click()
    if (isFirst) await expect(openApp.dialog("Export deploy")).toBeHidden()
  }
  const alert = openApp.page.getByRole("alert")
  await expect(alert).toContainText("Something of that name is already there.")
  await expect(alert).toContainText("deploy.pub.pem")
  await expect(alert).not.toContainText("--force")
})

test("the longest name stays within each dialog about its key", async ({ openApp }) => {
  const name = "W".repeat(128)
  await openApp.page.setViewportSize({ width: 900, height: 600 })
  await openApp.makeKey(name, { job: "Log in over SSH" })
  for (const action of ["Rotate…", "Export…", "Suspend…", "Destroy…"]) {
    await openApp.key(name).press(action)
    const overflow = await openApp.page
      .getByRole("dialog")
      .evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)
    expect(overflow).toBe(0)
    await openApp.button("Cancel").click()
  }
})
