import { generateKeyPairSync } from "node:crypto"
import AxeBuilder from "@axe-core/playwright"
import type { App } from "./app.ts"
import { App as Driver } from "./app.ts"
import { expect, test } from "./fixture.ts"
import { demonstrationVault, passphrase } from "./vault-plan.ts"

test.use({ plan: demonstrationVault })

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

function keyFile(): Buffer {
  const { privateKey } = generateKeyPairSync("ed25519")
  return Buffer.from(privateKey.export({ format: "pem", type: "pkcs8" }))
}

/** Legacy mode stays in the page: the app has no second window to work in. What does not depend on the colors is looked for once. */
async function expectNothingFound(app: App, screen: string, appearance: "light" | "dark"): Promise<void> {
  const axe = new AxeBuilder({ page: app.page }).setLegacyMode(true)
  const { violations } = await (appearance === "light"
    ? axe.withTags(tags)
    : axe.withRules(["color-contrast"])
  ).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${screen}: ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join("\n")}`,
  )
  expect(found).toEqual([])
}

for (const appearance of ["light", "dark"] as const) {
  test(`axe finds nothing on any screen, ${appearance}`, async ({ openApp: app }) => {
    test.setTimeout(240_000)
    await app.page.emulateMedia({ colorScheme: appearance })
    await expectNothingFound(app, "keys", appearance)
    await app.button("Columns").click()
    await expectNothingFound(app, "columns", appearance)
    await app.page.keyboard.press("Escape")
    await app.keys.filters.getByRole("button", { name: "State" }).click()
    await expectNothingFound(app, "a filter", appearance)
    await app.page.keyboard.press("Escape")
    await app.keys.select("deploy", "webhook")
    for (const action of ["Rotate…", "Tag…", "Move…", "Export…", "Destroy…"] as const) {
      await app.keys.withSelected(action)
      await expectNothingFound(app, `${action} many`, appearance)
      await app.button("Cancel").click()
    }
    await app.button("Select none").click()
    await app.openKey("customer data")
    for (const tab of ["Overview", "Versions", "Use", "Relations", "Policy", "History"] as const) {
      await app.key("customer data").show(tab)
      await expectNothingFound(app, tab, appearance)
    }
    for (const action of ["Rotate…", "Export…", "Suspend…", "Deactivate…", "Destroy…"]) {
      await app.keyPanel("customer data").getByRole("button", { name: action }).click()
      await expectNothingFound(app, action, appearance)
      await app.button("Cancel").click()
    }
    await app.key("customer data").show("Overview")
    await app.key("customer data").press("Edit…")
    await expectNothingFound(app, "edit", appearance)
    await app.button("Cancel").click()
    await app.key("customer data").openMove()
    await expectNothingFound(app, "move", appearance)
    await app.button("New keyring…").click()
    await expectNothingFound(app, "new keyring", appearance)
    await app.page.keyboard.press("Escape")
    await app.button("Cancel").click()
    await app.key("customer data").show("Relations")
    await app.key("customer data").press("Relate…")
    await expectNothingFound(app, "relate", appearance)
    await app.button("Cancel").click()
    await app.key("customer data").show("Policy")
    await app.key("customer data").press("Change the rules…")
    await expectNothingFound(app, "rules", appearance)
    await app.button("Cancel").click()
    await app.openKey("release signing")
    await app.key("release signing").show("Use")
    await app.key("release signing").sign("a text")
    await expectNothingFound(app, "signed", appearance)
    await app.button("New key…").click()
    await expectNothingFound(app, "jobs", appearance)
    await app.page.getByRole("button", { name: "Sign releases" }).click()
    await expectNothingFound(app, "new key", appearance)
    await app.choose("Location", "A token")
    await expectNothingFound(app, "new key in a token", appearance)
    await app.button("Close").click()
    await app.button("Import…").click()
    await expectNothingFound(app, "import", appearance)
    await app.button("Cancel").click()
    await app.page.keyboard.press("Control+k")
    await expectNothingFound(app, "palette", appearance)
    await app.page.keyboard.type("change pass")
    await app.page.keyboard.press("Enter")
    await expectNothingFound(app, "change passphrase", appearance)
    await app.button("Cancel").click()
    for (const place of ["Seeds", "Audit", "Backups", "Settings"] as const) {
      await app.go(place)
      await expectNothingFound(app, place, appearance)
    }
  })

  test(`axe finds nothing in the dialogs of seeds, ${appearance}`, async ({ openApp: app }) => {
    test.setTimeout(180_000)
    await app.page.emulateMedia({ colorScheme: appearance })
    await app.go("Seeds")
    await app.button("New seed…").click()
    for (const origin of ["Generate", "Import a phrase", "Combine shares"]) {
      await app.page.getByText(origin, { exact: true }).first().click()
      await expectNothingFound(app, origin, appearance)
    }
    await app.button("Cancel").click()
    for (const action of ["Check a written copy…", "Addresses…", "Reveal…"]) {
      await app.seeds.card("petty cash").getByRole("button", { name: action }).click()
      await expectNothingFound(app, action, appearance)
      await app.page.keyboard.press("Escape")
    }
    await app.button("More for petty cash").click()
    await expectNothingFound(app, "More", appearance)
    await app.page.keyboard.press("Escape")
    for (const action of ["Account keys…", "Child…", "Export…", "Rotate…", "Destroy…", "Split into cards…"]) {
      await app.seeds.openDialog("petty cash", action)
      await expect(app.page.getByRole("dialog")).toBeVisible()
      await expectNothingFound(app, action, appearance)
      await app.page.keyboard.press("Escape")
    }
    const phrase = `${"abandon ".repeat(11)}about`
    await app.seeds.import("known", phrase)
    await app.seeds.type("known again", phrase)
    await app.button("Import seed").click()
    await expect(app.dialog("known again is in the vault")).toBeVisible()
    await expectNothingFound(app, "a seed that is here already", appearance)
    await app.button("Done").click()
    await app.seeds.reveal("petty cash", passphrase)
    const release = await app.hold("Hold to show")
    await expectNothingFound(app, "words", appearance)
    await release()
    await app.page.keyboard.press("Escape")
    await app.seeds.split("petty cash")
    await expectNothingFound(app, "cards", appearance)
  })

  test(`axe finds nothing in About, Copy, an import's result and the question for the passphrase, ${appearance}`, async ({
    openApp: app,
  }) => {
    await app.page.emulateMedia({ colorScheme: appearance })
    await app.machine.chooseFromMenu("About Claviger")
    await expect(app.dialog("About Claviger")).toContainText("Vault format")
    await expectNothingFound(app, "about", appearance)
    await app.button("Close").click()
    await app.openKey("payment API")
    await app.keyPanel("payment API").getByRole("button", { name: "Copy…" }).click()
    await expectNothingFound(app, "copy", appearance)
    await app.button("Cancel").click()
    await app.imports.take("server.pem", keyFile())
    await expect(app.button("Shred an original…")).toBeVisible()
    await expectNothingFound(app, "imported", appearance)
    await app.button("Close").last().click()
    await app.exports.start("deploy", "of the file")
    await expect(app.dialog("Passphrase again")).toBeVisible()
    await expectNothingFound(app, "passphrase again", appearance)
  })

  test(`axe finds nothing in the dialogs of backups, nor beside the log, ${appearance}`, async ({ openApp: app }) => {
    test.setTimeout(120_000)
    await app.page.emulateMedia({ colorScheme: appearance })
    await app.go("Backups")
    await expectNothingFound(app, "no backup yet", appearance)
    await app.backups.make(`${app.home}/one.clvbackup`)
    await app.backups.startDrill("one.clvbackup")
    await expectNothingFound(app, "drill", appearance)
    await app.backups.answerDrill(passphrase)
    await expect(app.button("Done")).toBeVisible()
    await expectNothingFound(app, "drilled", appearance)
    await app.button("Done").click()
    await app.go("Keys")
    await app.openKey("webhook")
    await app.keyPanel("webhook").getByRole("button", { name: "Destroy…" }).click()
    await app.field("Reason").fill("leaked")
    await app.field("Type the key's name: webhook").fill("webhook")
    await app.button("Destroy for good").click()
    await expect(app.dialog("Destroy webhook")).toBeHidden()
    await app.go("Backups")
    await expectNothingFound(app, "backups", appearance)
    await app.backups.showDestroyed("one.clvbackup")
    await expectNothingFound(app, "destroyed keys", appearance)
    await app.button("Close").click()
    await app.go("Audit")
    await app.audit.row("key.destroy").click()
    await expectNothingFound(app, "a row of the log", appearance)
    await app.audit.filters.getByRole("button", { name: "Time" }).click()
    await expectNothingFound(app, "a filter of the log", appearance)
    await app.page.keyboard.press("Escape")
    await app.audit.filterByDays("2020-01-01", "2020-01-02")
    await expectNothingFound(app, "no such row", appearance)
  })

  test(`axe finds nothing before a vault is open, ${appearance}`, async () => {
    const app = await Driver.start({ appearance })
    await expectNothingFound(app, "welcome", appearance)
    await app.button("Create a vault").click()
    await app.button("Suggest one").click()
    await expect(app.button("Hold to show")).toBeVisible()
    await expectNothingFound(app, "create", appearance)
    await app.button("Back").click()
    await app.button("Restore a backup…").click()
    await expectNothingFound(app, "restore", appearance)
    await app.button("Back").click()
    await app.cards.createVault(passphrase)
    await expectNothingFound(app, "recovery cards", appearance)
    const first = await app.cards.read(1)
    await app.cards.check("not these words")
    await expectNothingFound(app, "written card", appearance)
    await app.field("Words of card 1").fill(first)
    await app.button("Check").click()
    await expectNothingFound(app, "passphrase once more", appearance)
    await app.field("Passphrase").fill(passphrase)
    await app.button("Open vault").click()
    await app.lock()
    await app.page.emulateMedia({ colorScheme: appearance })
    await expectNothingFound(app, "unlock", appearance)
    await app.button("Open with recovery cards instead").click()
    await expectNothingFound(app, "unlock with cards", appearance)
    await app.close()
  })
}
