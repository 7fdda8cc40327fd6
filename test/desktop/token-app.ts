import type { App } from "./app.ts"
import { test as base, passphrase, startWith } from "./fixture.ts"
import { type SoftTokens, softTokens } from "./soft-tokens.ts"
import { emptyVault } from "./vault-plan.ts"

export const pins = { soPin: "87654321", pin: "246810" }
export const library = "/usr/lib/softhsm/libsofthsm2.so"

/** The app with an open vault, and SoftHSM with a token that nobody has set up. */
export const test = base.extend<{ readonly tokenApp: App; readonly environment: SoftTokens }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter
  environment: async ({}, provide) => provide(softTokens()),
  tokenApp: async ({ environment }, provide) => {
    const started = await startWith(emptyVault, { environment })
    await started.unlock(passphrase)
    await started.tokens.open()
    await provide(started)
    await started.close()
  },
})

export async function makeKeyInToken(tokenApp: App): Promise<void> {
  await tokenApp.tokens.setUp("backup", pins)
  await tokenApp.go("Keys")
  await tokenApp.newKey.propose("Sign releases")
  await tokenApp.choose("Location", "A token")
  await tokenApp.choose("Algorithm", "EC P-256")
  await tokenApp.tokens.choose("backup", pins.pin)
  await tokenApp.newKey.generate("release")
}
