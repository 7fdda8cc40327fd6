import { isThere } from "../interop/program.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { HostileModule } from "../token/hostile/hostile-module.ts"
import type { App } from "./app.ts"
import { test as base, expect, passphrase, startWith } from "./fixture.ts"
import { addSoftToken, softTokens } from "./soft-tokens.ts"
import { emptyVault } from "./vault-plan.ts"

const pin = "246810"

/** The app with an open vault, and the token `slow` of a library that hangs on demand, which stands for a card that takes minutes. */
const test = base.extend<{ readonly hostile: HostileModule; readonly slowApp: App }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter
  hostile: async ({}, provide) => {
    using folder = temporaryFolder()
    using hostile = new HostileModule(folder)
    await provide(hostile)
  },
  slowApp: async ({ hostile }, provide) => {
    const tokens = softTokens()
    addSoftToken(tokens, "slow", pin)
    // SoftHSM itself has none.
    const environment = { ...softTokens(), CLAVIGER_HOSTILE_TOKENS: tokens.SOFTHSM2_CONF }
    const started = await startWith(emptyVault, { environment })
    await started.unlock(passphrase)
    await started.tokens.open()
    await started.tokens.addLibrary(hostile.path)
    await expect(started.tokens.token("slow")).toBeVisible()
    await started.go("Keys")
    await provide(started)
    await started.close()
  },
})

test.skip(!isThere("softhsm2-util"), "SoftHSM 2 is missing: apt-get install -y softhsm2")
test.skip(!isThere("gcc"), "gcc is missing: apt-get install -y gcc")

async function proposeInToken(app: App): Promise<void> {
  await app.newKey.propose("Sign releases")
  await app.choose("Location", "A token")
  await app.choose("Algorithm", "EC P-256")
  await app.tokens.choose("slow", pin)
}

test("making a key in a token is called off while the token works, and the next try makes it", async ({
  slowApp,
  hostile,
}) => {
  await proposeInToken(slowApp)
  await slowApp.field("Name").fill("release")
  hostile.fault("C_GenerateKeyPair hang")
  await slowApp.button("Generate key").click()
  await slowApp.button("Cancel").click()
  await expect(slowApp.page.getByRole("status").filter({ hasText: "It was cancelled." })).toBeVisible()
  hostile.behave()
  await slowApp.field("PIN of the token").fill(pin)
  await slowApp.newKey.generate("release")
})

test("rotating a key in a token is called off, and the key is as it was", async ({ slowApp, hostile }) => {
  await proposeInToken(slowApp)
  await slowApp.newKey.generate("release")
  hostile.fault("C_GenerateKeyPair hang")
  const key = slowApp.key("release")
  await key.panel.getByRole("button", { name: "Rotate…" }).click()
  await slowApp.field("Reason").fill("yearly")
  const dialog = slowApp.dialog("Rotate release")
  await dialog.getByRole("button", { name: "Rotate", exact: true }).click()
  await dialog.getByRole("button", { name: "Cancel" }).click()
  await expect(dialog.getByRole("status").filter({ hasText: "It was cancelled." })).toBeVisible()
  hostile.behave()
  await dialog.getByRole("button", { name: "Cancel" }).click()
  await key.show("Versions")
  await expect(key.panel).toContainText("Version 1")
  await expect(key.panel).not.toContainText("Version 2")
})
