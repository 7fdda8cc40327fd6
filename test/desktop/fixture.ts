import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test as base } from "@playwright/test"
import { App, type StartChoices } from "./app.ts"
import { emptyVault, makeVault, passphrase, type VaultPlan } from "./vault-plan.ts"

export { passphrase } from "./vault-plan.ts"

export interface Fixtures {
  /** The app as it starts on a machine that never had it. */
  readonly app: App
  /** What is in the vault of `openApp`; nothing, unless a spec says so. */
  readonly plan: VaultPlan
  /** The app with an open vault. */
  readonly openApp: App
}

interface Surroundings extends Pick<StartChoices, "environment" | "inside"> {
  /** Lays out what else is in the app's folder. */
  readonly layOut?: (home: string) => void
}

/** The app before a vault that was made for it. */
export async function startWith(
  plan: VaultPlan,
  { layOut = () => undefined, ...choices }: Surroundings = {},
): Promise<App> {
  const home = mkdtempSync(join(tmpdir(), "claviger-app-"))
  makeVault(home, plan)
  layOut(home)
  return App.start({ home, ...choices })
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter
  app: async ({}, provide) => {
    const app = await App.start()
    await provide(app)
    await app.close()
  },
  plan: [emptyVault, { option: true }],
  openApp: async ({ plan }, provide) => {
    const app = await startWith(plan)
    await app.unlock(passphrase)
    await provide(app)
    await app.close()
  },
})

export { expect } from "@playwright/test"
