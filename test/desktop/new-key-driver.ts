import { expect, type Locator } from "@playwright/test"
import type { WindowPage } from "./window-page.ts"

/** The dialog for a new key, as a part of `App`. */
export class NewKeyDriver {
  readonly #app: WindowPage

  constructor(app: WindowPage) {
    this.#app = app
  }

  /** Asks for what is proposed for a job. */
  async propose(job: string): Promise<void> {
    await this.#app.button("New key…").or(this.#app.button("Make the first key")).first().click()
    await this.#app.page.getByRole("button", { name: job }).click()
    await expect(this.#app.field("Name")).toBeVisible()
  }

  async generate(name: string): Promise<void> {
    await this.#app.field("Name").fill(name)
    await this.#app.button("Generate key").click()
    await expect(this.#app.dialog("The key is made")).toBeVisible()
    await this.#app.button("Show the key").click()
    await expect(this.#app.keyPanel(name)).toBeVisible()
  }

  /** Why a part is proposed, or what another choice is. */
  reason(part: string): Locator {
    return this.#app.page
      .locator(".mantine-InputWrapper-root")
      .filter({ has: this.#app.field(part) })
      .locator("p")
  }

  get warnings(): Locator {
    return this.#app.page.getByRole("status", { name: "Warnings" })
  }
}
