// Takes pictures of the main screens on a demonstration vault: node screenshots.ts FOLDER
import { mkdirSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { App } from "./app.ts"
import { demonstrationVault, makeVault, passphrase } from "./vault-plan.ts"

const [wanted] = process.argv.slice(2)
if (wanted === undefined) throw new Error("a folder for the pictures is needed")
const folder = resolve(wanted)
mkdirSync(folder, { recursive: true })

for (const appearance of ["light", "dark"] as const) {
  const welcome = await App.start({ appearance })
  const shoot = (app: App, name: string) => app.picture(join(folder, `${name}-${appearance}.png`))
  await shoot(welcome, "welcome")
  await welcome.button("Create a vault").click()
  await welcome.field("Passphrase").fill("maple violin harbor sketch tundra")
  await welcome.field("Passphrase again").fill("maple violin harbor sketch tundra")
  await shoot(welcome, "create")
  await welcome.close()

  const home = mkdtempSync(join(tmpdir(), "claviger-pictures-"))
  makeVault(home, demonstrationVault)
  const app = await App.start({ home, appearance })
  await shoot(app, "unlock")
  await app.unlock(passphrase)
  await shoot(app, "keys")
  await app.openKey("customer data")
  await shoot(app, "key")
  await app.key("customer data").show("Versions")
  await shoot(app, "versions")
  for (const action of ["Rotate…", "Destroy…"]) {
    await app.keyPanel("customer data").getByRole("button", { name: action }).click()
    await shoot(app, action.replace("…", "").toLowerCase())
    await app.button("Cancel").click()
  }
  await app.openKey("deploy")
  await app.keyPanel("deploy").getByRole("button", { name: "Export…" }).click()
  await shoot(app, "export")
  await app.button("Cancel").click()
  await app.button("New key…").click()
  await shoot(app, "new-key")
  await app.page.getByRole("button", { name: "Sign releases" }).click()
  await shoot(app, "new-key-form")
  await app.button("Close").click()
  await app.button("Import…").click()
  await shoot(app, "import")
  await app.button("Cancel").click()
  await app.page.keyboard.press("Control+k")
  await shoot(app, "palette")
  await app.page.keyboard.press("Escape")
  for (const place of ["Seeds", "Audit", "Backups", "Settings"] as const) {
    await app.go(place)
    await shoot(app, place.toLowerCase())
  }
  await app.go("Backups")
  await app.backups.make(join(home, "northwind.clvbackup"))
  await shoot(app, "backup")
  await app.backups.startDrill("northwind.clvbackup")
  await shoot(app, "drill")
  await app.button("Cancel").click()
  await app.go("Audit")
  await app.audit.row("key.rotate").first().click()
  await shoot(app, "audit-row")
  await app.go("Seeds")
  await app.button("New seed…").click()
  await shoot(app, "new-seed")
  await app.button("Cancel").click()
  await app.page.setViewportSize({ width: 900, height: 600 })
  await app.go("Keys")
  await app.openKey("customer data")
  await shoot(app, "small")
  console.log(`${appearance}: pictures by ${app.runtime} in ${folder}`)
  await app.close()
}
