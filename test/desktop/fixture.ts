import { test as base } from "@playwright/test"
import { App } from "./app.ts"

export const passphrase = "correct horse battery staple"

interface Fixtures {
  /** The app as it starts on a machine that never had it. */
  readonly app: App
  /** The app with an open, empty vault. */
  readonly openApp: App
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter
  app: async ({}, provide) => {
    const app = await App.start()
    await provide(app)
    await app.close()
  },
  openApp: async ({ app }, provide) => {
    await app.createVault({ passphrase })
    await provide(app)
  },
})

export { expect } from "@playwright/test"
