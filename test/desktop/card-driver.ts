import { expect } from "@playwright/test"
import type { WindowPage } from "./window-page.ts"

/** Cards of secret words, as a part of `App`: how a vault is made and opened with them, and what they say. */
export class CardDriver {
  readonly #app: WindowPage

  constructor(app: WindowPage) {
    this.#app = app
  }

  /** Makes a vault with recovery cards, any 2 of 3. As far as the cards. */
  async createVault(passphrase: string): Promise<void> {
    await this.#app.button("Create a vault").click()
    await this.#app.field("Passphrase").fill(passphrase)
    await this.#app.field("Passphrase again").fill(passphrase)
    await this.#app.page.getByRole("radio", { name: "2 of 3 shares on paper" }).check()
    await this.#app.button("Create vault").click()
    await expect(this.#app.heading("Recovery cards")).toBeVisible()
  }

  /** Says that the cards are written down, and types one of them back. */
  async check(words: string): Promise<void> {
    await this.#app.button("Next card").click()
    await this.#app.button("Next card").click()
    await this.#app.button("All are written down").click()
    await this.#app.field("Words of card 1").fill(words)
    await this.#app.button("Check").click()
  }

  async recover(cards: readonly string[], newPassphrase: string): Promise<void> {
    await this.#app.button("Open with recovery cards instead").click()
    await this.#app.field("Words of the cards, one card a line").fill(cards.join("\n"))
    await this.#app.field("New passphrase").fill(newPassphrase)
    await this.#app.field("New passphrase again").fill(newPassphrase)
    await this.#app.button("Recover").click()
  }

  /** What a card says while its button is held. */
  async read(number: number): Promise<string> {
    const release = await this.#app.hold("Hold to show")
    const words = this.#app.page.getByRole("note", { name: `Words of card ${number}` })
    const text = (await words.textContent()) ?? ""
    await release()
    await expect(words).toHaveCount(0)
    return text
  }

  /** Prints without a printer. @returns the words of each sheet, and each sheet's place in the flow of pages */
  async print(): Promise<{ readonly sheets: string[]; readonly breaks: string[] }> {
    const printed = this.#app.page.evaluateHandle(() => {
      const sheets: string[] = []
      const breaks: string[] = []
      window.print = () => {
        for (const sheet of document.querySelectorAll(".printed-card")) {
          sheets.push([...sheet.querySelectorAll("li")].map(({ textContent }) => textContent).join(" "))
          breaks.push(getComputedStyle(sheet).breakAfter)
        }
        window.dispatchEvent(new Event("afterprint"))
      }
      return { sheets, breaks }
    })
    const handle = await printed
    await this.#app.page.emulateMedia({ media: "print" })
    await this.#app.page.getByRole("button", { name: "Print all cards…", includeHidden: true }).dispatchEvent("click")
    await this.#app.page.emulateMedia({ media: null })
    return handle.jsonValue()
  }
}
