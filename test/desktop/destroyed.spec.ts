import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

const alpha = ["key.generate", { name: "alpha", algorithm: "aes-256", purpose: "encryption" }] as const
test.use({ plan: { ...emptyVault, steps: [alpha] } })

test("a destroyed key has its certificate in a file, and its backup is said to be destroyed", async ({
  openApp: app,
}) => {
  const backup = join(app.home, "one.clvbackup")
  await app.go("Backups")
  await app.backups.make(backup)
  await app.go("Keys")
  await app.openKey("alpha")
  await app.keyPanel("alpha").getByRole("button", { name: "Destroy…" }).click()
  await app.field("Reason").fill("project ended")
  await app.field("Type the key's name: alpha").fill("alpha")
  await app.pick("Now")
  await app.button("Destroy for good").click()
  await app.openKey("alpha")
  const page = join(app.home, "alpha.pdf")
  await app.answerDialog(page)
  await app.keyPanel("alpha").getByRole("button", { name: "Certificate as PDF…" }).click()
  await expect(app.keyPanel("alpha").getByRole("status")).toContainText("Written to")
  expect(readFileSync(page, "latin1")).toMatch(/^%PDF-/)
  await app.keyPanel("alpha").screenshot({ path: test.info().outputPath("tombstone.png") })

  rmSync(backup)
  await app.go("Backups")
  const gone = app.backups.row("one.clvbackup").getByRole("button", { name: "It is destroyed…" })
  await app.page.setViewportSize({ width: 900, height: 600 })
  const [cell, button] = await Promise.all([gone.locator("..").boundingBox(), gone.boundingBox()])
  expect((button?.x ?? 0) + (button?.width ?? 0)).toBeLessThanOrEqual((cell?.x ?? 0) + (cell?.width ?? 0))
  await gone.click()
  await app.field("How you know").fill("the stick was shredded")
  await app.button("It is destroyed").click()
  await expect(app.backups.row("one.clvbackup").first()).toContainText("destroyed")
  await expect(app.page.getByText("the stick was shredded")).toBeVisible()

  const signed = join(app.home, "alpha.json")
  await app.go("Keys")
  await app.openKey("alpha")
  await app.answerDialog(signed)
  await app.keyPanel("alpha").getByRole("button", { name: "Certificate as JSON…" }).click()
  await expect(app.keyPanel("alpha").getByRole("status")).toContainText("Written to")
  expect(JSON.parse(readFileSync(signed, "utf8"))).toMatchObject({
    certificate: { name: "alpha", backups: [], destroyedBackups: [{ path: backup }] },
  })
})

test("what was destroyed is in a register with its certificate, and all of it in a pack for an auditor", async ({
  openApp: app,
}) => {
  await app.go("Health")
  await app.button("Destructions").click()
  await expect(app.dialog("Destructions")).toContainText("Nothing was destroyed in this vault.")
  await app.button("Close").click()
  await app.go("Keys")
  await app.openKey("alpha")
  await app.keyPanel("alpha").getByRole("button", { name: "Destroy…" }).click()
  await app.field("Reason").fill("project ended")
  await app.field("Type the key's name: alpha").fill("alpha")
  await app.pick("Now")
  await app.button("Destroy for good").click()
  await expect(app.page.getByRole("dialog")).toHaveCount(0)
  await app.go("Health")
  await app.button("Destructions").click()
  const line = app.health.line("Destroyed", "alpha")
  await expect(line).toContainText(/project ended.*No backup holds it[.]/)
  await app.dialog("Destructions").screenshot({ path: test.info().outputPath("destructions.png") })
  const signed = join(app.home, "alpha.json")
  await app.answerDialog(signed)
  await line.getByRole("button", { name: /^Certificate as JSON/ }).click()
  await expect(line.getByRole("status")).toContainText("Written to")
  expect(JSON.parse(readFileSync(signed, "utf8"))).toMatchObject({ certificate: { name: "alpha" } })
  await app.button("Close").click()
  const pack = join(app.home, "audit.zip")
  await app.answerDialog(pack)
  await app.button("Export").click()
  await app.page.getByRole("menuitem", { name: "Pack for an auditor…" }).click()
  await app.typePassphraseAgain(passphrase)
  await expect(app.page.getByText("exported to audit.zip")).toBeVisible()
  expect(readFileSync(pack, "latin1")).toContain("hygiene.json")
})

test("a key that waits for its destruction says so in the list, and among what is due until it is kept", async ({
  openApp: app,
}) => {
  await app.openKey("alpha")
  await app.keyPanel("alpha").getByRole("button", { name: "Destroy…" }).click()
  await app.field("Reason").fill("project ended")
  await app.field("Type the key's name: alpha").fill("alpha")
  await app.button("Destroy in 30 days").click()
  await app.keyPanel("alpha").getByRole("button", { name: "Close" }).click()
  await expect(app.keyRow("alpha")).toContainText(/destroyed in 30 days/)
  await app.go("Health")
  const line = app.health.line("What is due", "alpha")
  await expect(line).toContainText(/planned.*destruction/)
  await line.getByRole("button", { name: "Keep it… alpha" }).click()
  await app.field("Reason").fill("somebody needs it")
  await app.dialog("Keep alpha").getByRole("button", { name: "Keep it" }).click()
  await expect(line).toHaveCount(0)
})

test("Health names a key that was wanted while it waits for its destruction, and one click keeps it", async ({
  openApp: app,
}) => {
  await app.openKey("alpha")
  await app.keyPanel("alpha").getByRole("button", { name: "Destroy…" }).click()
  await app.field("Reason").fill("project ended")
  await app.field("Type the key's name: alpha").fill("alpha")
  await app.button("Destroy in 30 days").click()
  await expect(app.dialog("Destroy alpha")).toBeHidden()
  await app.page.evaluate(() =>
    window.claviger.invoke("key.encrypt", { name: "alpha", plaintext: new Uint8Array([1]) }),
  )
  await app.go("Health")
  await app.health.show("Findings")
  const findings = app.health.lines("Findings")
  await expect(findings).toHaveCount(1)
  await expect(findings.first()).toContainText("It waits for its destruction, and was wanted once since")
  await expect(findings.first()).not.toContainText(/T\d\d:.*Z/)
  await app.button("Keep it… alpha").click()
  await app.field("Reason").fill("somebody needs it")
  await app.dialog("Keep alpha").getByRole("button", { name: "Keep it" }).click()
  await expect(app.dialog("Keep alpha")).toBeHidden()
  await expect(findings).toHaveCount(0)
})
