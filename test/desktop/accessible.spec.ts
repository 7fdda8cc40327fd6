import AxeBuilder from "@axe-core/playwright"
import type { App } from "./app.ts"
import { App as Driver } from "./app.ts"
import { expect, test } from "./fixture.ts"
import { demonstrationVault } from "./vault-plan.ts"

test.use({ plan: demonstrationVault })

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

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
    for (const action of ["Rotate…", "Tag…", "Export…", "Destroy…"] as const) {
      await app.keys.withSelected(action)
      await expectNothingFound(app, `${action} many`, appearance)
      await app.button("Cancel").click()
    }
    await app.button("Select none").click()
    await app.openKey("customer data")
    for (const tab of ["Overview", "Versions", "Use", "Relations", "Policy", "History"] as const) {
      await app.showTab("customer data", tab)
      await expectNothingFound(app, tab, appearance)
    }
    for (const action of ["Rotate…", "Export…", "Suspend…", "Destroy…"]) {
      await app.keyPanel("customer data").getByRole("button", { name: action }).click()
      await expectNothingFound(app, action, appearance)
      await app.button("Cancel").click()
    }
    await app.showTab("customer data", "Overview")
    await app.key("customer data").press("Edit…")
    await expectNothingFound(app, "edit", appearance)
    await app.button("Cancel").click()
    await app.showTab("customer data", "Policy")
    await app.key("customer data").press("Change the rules…")
    await expectNothingFound(app, "rules", appearance)
    await app.button("Cancel").click()
    await app.openKey("release signing")
    await app.showTab("release signing", "Use")
    await app.key("release signing").sign("a text")
    await expectNothingFound(app, "signed", appearance)
    await app.button("New key…").click()
    await expectNothingFound(app, "jobs", appearance)
    await app.page.getByRole("button", { name: "Sign releases" }).click()
    await expectNothingFound(app, "new key", appearance)
    await app.button("Close").click()
    await app.button("Import…").click()
    await expectNothingFound(app, "import", appearance)
    await app.button("Cancel").click()
    await app.page.keyboard.press("Control+k")
    await expectNothingFound(app, "palette", appearance)
    await app.page.keyboard.press("Escape")
    for (const place of ["Seeds", "Audit", "Backups", "Settings"] as const) {
      await app.go(place)
      await expectNothingFound(app, place, appearance)
    }
  })

  test(`axe finds nothing before a vault is open, ${appearance}`, async () => {
    const app = await Driver.start({ appearance })
    await expectNothingFound(app, "welcome", appearance)
    await app.button("Create a vault").click()
    await expectNothingFound(app, "create", appearance)
    await app.button("Back").click()
    await app.button("Restore a backup…").click()
    await expectNothingFound(app, "restore", appearance)
    await app.close()
  })
}
