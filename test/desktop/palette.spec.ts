import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

test.use({
  plan: {
    ...emptyVault,
    steps: [["key.generate", { name: "release", algorithm: "ed25519", purpose: "signature" }]],
  },
})

test("an officer makes a key, opens another and locks, by keyboard alone", async ({ openApp }) => {
  const { keyboard } = openApp.page
  await keyboard.press("Control+k")
  await keyboard.type("new key")
  await keyboard.press("Enter")
  await expect(openApp.dialog("What is the key for?")).toBeVisible()
  await openApp.page.getByRole("button", { name: "Encrypt backups" }).focus()
  await keyboard.press("Enter")
  await expect(openApp.field("Name")).toBeFocused()
  await keyboard.type("nightly")
  await keyboard.press("Enter")
  await expect(openApp.button("Show the key")).toBeFocused()
  await keyboard.press("Enter")
  await expect(openApp.keyPanel("nightly")).toBeVisible()

  await keyboard.press("Control+k")
  await keyboard.type("rele")
  await expect(openApp.page.getByRole("option", { name: "release" })).toBeVisible()
  await keyboard.press("Enter")
  await expect(openApp.keyPanel("release")).toBeVisible()

  await openApp.followLock(async () => {
    await keyboard.press("Control+k")
    await keyboard.type("lock")
    await keyboard.press("Enter")
  })
})

test("an officer rotates, suspends and destroys a key by keyboard alone", async ({ openApp }) => {
  const { keyboard } = openApp.page
  const command = async (typed: string, option: string) => {
    await keyboard.press("Control+k")
    await keyboard.type(typed)
    await expect(openApp.page.getByRole("option", { name: option })).toBeVisible()
    await keyboard.press("Enter")
  }
  await command("rotate rel", "Rotate release")
  await expect(openApp.dialog("Rotate release")).toBeVisible()
  await openApp.field("Reason").focus()
  await keyboard.type("yearly")
  await keyboard.press("Enter")
  await expect(openApp.dialog("Rotate release")).toBeHidden()

  await command("susp", "Suspend release")
  await openApp.field("Reason").focus()
  await keyboard.type("under review")
  await keyboard.press("Enter")
  await expect(openApp.dialog("Suspend release")).toBeHidden()

  await command("dest release", "Destroy release")
  await expect(openApp.dialog("Destroy release")).toBeVisible()
})

test("an officer changes the passphrase by keyboard alone", async ({ openApp }) => {
  const { keyboard } = openApp.page
  await keyboard.press("Control+k")
  await keyboard.type("change pass")
  await keyboard.press("Enter")
  await expect(openApp.field("New passphrase")).toBeFocused()
  await keyboard.type("a new passphrase for all")
  await openApp.field("New passphrase again").focus()
  await keyboard.type("a new passphrase for all")
  await keyboard.press("Enter")
  await openApp.typePassphraseAgain(passphrase)
  await expect(openApp.dialog("Change passphrase")).toBeHidden()
  await openApp.lock()
  await openApp.unlock("a new passphrase for all")
})

test("arrow keys walk through the list and open each key", async ({ openApp }) => {
  await expect(openApp.keyRow("release")).toBeVisible()
  await openApp.page.getByRole("rowgroup", { name: "Keys" }).focus()
  await openApp.page.keyboard.press("ArrowDown")
  await expect(openApp.keyPanel("release")).toBeVisible()
})

test("the menu leads to where the palette does", async ({ openApp }) => {
  await openApp.machine.chooseFromMenu("&Settings")
  await expect(openApp.heading("Settings")).toBeVisible()
  await openApp.machine.chooseFromMenu("About Claviger")
  await expect(openApp.dialog("About Claviger")).toContainText("locked: never swapped to disk")
})

test("with no vault open the menu has About, which says what runs and whether memory is protected", async ({ app }) => {
  await app.machine.chooseFromMenu("About Claviger")
  const about = app.dialog("About Claviger")
  await expect(about).toContainText("locked: never swapped to disk")
  await expect(about).toContainText(/SHA-256 [0-9a-f]{64}/)
  await app.button("Close").click()
  await expect(about).toBeHidden()
  expect(await app.machine.isInMenu("&Settings")).toBe(false)
  await app.createVault({ passphrase })
  expect(await app.machine.isInMenu("&Settings")).toBe(true)
  await app.lock()
  expect(await app.machine.isInMenu("&Settings")).toBe(false)
})

test("neither a shortcut nor a click beside it loses what is half done in a dialog", async ({ openApp }) => {
  const { keyboard } = openApp.page
  const dialogs = openApp.page.getByRole("dialog")
  await openApp.button("New key…").click()
  await openApp.page.getByRole("button", { name: "Sign releases" }).click()
  await openApp.field("Name").fill("half typed")
  await keyboard.press("Control+k")
  await keyboard.press("Control+n")
  await openApp.machine.chooseFromMenu("&Settings")
  await openApp.page.mouse.click(4, 4)
  await expect(openApp.field("Name")).toHaveValue("half typed")
  await expect(dialogs).toHaveCount(1)
  await openApp.button("Close").click()
  await openApp.go("Seeds")
  await openApp.button("New seed…").click()
  await keyboard.press("Control+n")
  await expect(dialogs).toHaveCount(1)
  await openApp.button("Cancel").click()
  await keyboard.press("Control+k")
  await keyboard.press("Control+n")
  await expect(openApp.dialog("What is the key for?")).toBeVisible()
  await openApp.followLock(() => keyboard.press("Control+l"))
})
