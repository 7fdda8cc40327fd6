import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

test.use({
  plan: {
    ...emptyVault,
    steps: [
      ["keyring.create", { name: "staging" }],
      ["key.generate", { name: "alpha", algorithm: "aes-256" }],
      ["key.generate", { name: "bravo", algorithm: "aes-256", keyring: "staging" }],
      ["seed.generate", { name: "treasury", words: 12 }],
    ],
  },
})

test("a key is moved to a keyring that is made on the way", async ({ openApp }) => {
  const alpha = openApp.key("alpha")
  await alpha.openMove()
  await expect(openApp.dialog("Move alpha")).toContainText("1 version of key material")
  expect(await openApp.choices("To keyring")).toEqual(["staging"])
  await openApp.button("New keyring…").click()
  await openApp.field("Name of the keyring").fill("production")
  await openApp.button("Create keyring").click()
  await expect(openApp.field("To keyring")).toHaveValue("production")
  await openApp.button("Move").click()
  await expect(openApp.dialog("Move alpha")).toBeHidden()
  await expect(alpha.panel).toContainText("Keyringproduction")
})

test("Escape leaves the new keyring, and not the dialog that it was for", async ({ openApp }) => {
  await openApp.key("alpha").openMove()
  await openApp.choose("To keyring", "staging")
  await openApp.button("New keyring…").click()
  await openApp.field("Name of the keyring").fill("half typed")
  await openApp.page.keyboard.press("Escape")
  await expect(openApp.dialog("New keyring")).toBeHidden()
  await expect(openApp.field("To keyring")).toHaveValue("staging")
  await expect(openApp.button("New keyring…")).toBeFocused()
})

test("a name that can't be one is refused where it was typed, with the reason", async ({ openApp }) => {
  await openApp.key("alpha").openMove()
  await openApp.button("New keyring…").click()
  await openApp.field("Name of the keyring").fill("staging")
  await openApp.button("Create keyring").click()
  await expect(openApp.dialog("New keyring").getByRole("alert")).toContainText("a keyring named staging")
  await openApp.field("Name of the keyring").fill("gnp\u202eexe")
  await openApp.button("Create keyring").click()
  await expect(openApp.dialog("New keyring").getByRole("alert")).toContainText("changes the direction of writing")
})

test("many keys are moved, and those that are there or don't belong there are left out", async ({ openApp }) => {
  await openApp.keys.select("alpha", "bravo", "treasury")
  await openApp.keys.withSelected("Move…")
  await openApp.choose("To keyring", "staging")
  await expect(openApp.keys.outcome("bravo")).toContainText("left out: it is there already")
  await expect(openApp.keys.outcome("treasury")).toContainText("left out: that keyring is not for seeds")
  await openApp.button("Move 1 key").click()
  await expect(openApp.keys.outcome("alpha")).toContainText("✓ now in staging")
  await openApp.button("Done").click()
  await openApp.keys.filterBy("Keyring", "staging")
  await openApp.keys.expectNames(["alpha", "bravo"])
})

test("a new key goes into the keyring that was chosen for it, also into one that is new", async ({ openApp }) => {
  await openApp.newKey.propose("Sign releases")
  await expect(openApp.field("Keyring")).toHaveValue("personal")
  await openApp.field("Name").fill("release")
  await openApp.button("New keyring…").click()
  await openApp.field("Name of the keyring").fill("release team")
  await openApp.page.keyboard.press("Enter")
  await expect(openApp.field("Keyring")).toHaveValue("release team")
  await expect(openApp.field("Name")).toHaveValue("release")
  await openApp.button("Generate key").click()
  await openApp.button("Show the key").click()
  await expect(openApp.keyPanel("release")).toContainText("Keyringrelease team")
})

test("an officer makes a keyring and moves a key by keyboard alone", async ({ openApp }) => {
  const { keyboard } = openApp.page
  await keyboard.press("Control+k")
  await keyboard.type("new keyring")
  await keyboard.press("Enter")
  await expect(openApp.field("Name of the keyring")).toBeFocused()
  await keyboard.type("production")
  await keyboard.press("Enter")
  await expect(openApp.dialog("New keyring")).toBeHidden()
  await keyboard.press("Control+k")
  await keyboard.type("move to keyring alpha")
  await expect(openApp.page.getByRole("option", { name: "Move to keyring: alpha" })).toBeVisible()
  await keyboard.press("Enter")
  await expect(openApp.dialog("Move alpha")).toBeVisible()
  expect(await openApp.choices("To keyring")).toEqual(["production", "staging"])
})

test("a keyring's policy is set where keyrings are kept", async ({ openApp }) => {
  await openApp.go("Settings")
  const keyring = openApp.page.getByRole("group", { name: "Keyring staging" })
  await keyring.getByRole("button", { name: "Policy…" }).click()
  await openApp.choose("Another policy", "NIST 2030")
  await openApp.button("Set policy").click()
  await expect(openApp.dialog("Policy of staging")).toBeHidden()
  await keyring.getByRole("button", { name: "Policy…" }).click()
  await expect(openApp.dialog("Policy of staging")).toContainText("Version 1, on NIST 2030")
})
