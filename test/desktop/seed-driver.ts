import { expect, type Locator } from "@playwright/test"
import { passphrase as usualPassphrase } from "./vault-plan.ts"
import type { WindowPage } from "./window-page.ts"

/** The seeds, as a part of `App`: each has a card with what can be done with it. */
export class SeedDriver {
  readonly #app: WindowPage

  constructor(app: WindowPage) {
    this.#app = app
  }

  async import(name: string, phrase: string): Promise<void> {
    await this.type(name, phrase)
    await this.#app.button("Import seed").click()
    await expect(this.card(name)).toBeVisible()
  }

  /** As far as the button that imports it. */
  async type(name: string, phrase: string): Promise<void> {
    await this.#app.go("Seeds")
    await this.#app.button("New seed…").click()
    await this.#app.page.getByText("Import a phrase", { exact: true }).click()
    await this.#app.field("Name").fill(name)
    await this.#app.page.getByLabel(/^The phrase/).fill(phrase)
  }

  async combine(name: string, shares: readonly string[]): Promise<void> {
    await this.tryToCombine(name, shares)
    await expect(this.#app.dialog("New seed")).toBeHidden()
  }

  async tryToCombine(name: string, shares: readonly string[]): Promise<void> {
    await this.#app.go("Seeds")
    await this.#app.button("New seed…").click()
    await this.#app.page.getByText("Combine shares", { exact: true }).first().click()
    await this.#app.field("Name").fill(name)
    await this.#app.page.getByLabel(/^SLIP-39 shares/).fill(shares.join("\n"))
    await this.#app.dialog("New seed").getByRole("button", { name: "Combine shares" }).click()
  }

  async checkCopy(name: string, copy: string): Promise<void> {
    await this.card(name).getByRole("button", { name: "Check a written copy…" }).click()
    await this.#app.page.getByLabel("Type the words from the paper").fill(copy)
    await this.#app.button("Check").click()
  }

  /** As far as the button that shows the words. */
  async reveal(name: string, passphrase: string): Promise<void> {
    await this.#app.go("Seeds")
    await this.card(name).getByRole("button", { name: "Reveal…" }).click()
    await this.#app.field("Passphrase of this vault").fill(passphrase)
    await this.#app.button("Continue").click()
    await expect(this.#app.button("Hold to show")).toBeVisible()
  }

  /** Opens one of a seed's dialogs, from its card or from what is behind More. */
  async openDialog(name: string, action: string): Promise<void> {
    await this.#app.go("Seeds")
    await this.#app.button(`More for ${name}`).click()
    await this.#app.page.getByRole("menuitem", { name: action }).click()
  }

  /** Splits a seed as it is proposed: any 2 of 3. As far as the cards. */
  async split(name: string, passphrase = usualPassphrase): Promise<void> {
    await this.openDialog(name, "Split into cards…")
    await this.#app.button("Make the cards").click()
    await this.#app.typePassphraseAgain(passphrase)
    await expect(this.#app.dialog(`Cards of ${name}`)).toBeVisible()
  }

  card(name: string): Locator {
    return this.#app.page.getByRole("article", { name })
  }
}
