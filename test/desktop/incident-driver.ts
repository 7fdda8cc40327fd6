import { expect, type Locator, type Page } from "@playwright/test"
import type { WindowPage } from "./window-page.ts"

/** The incident that is shown, as a part of `App`: its steps, and what is said of them. */
export class IncidentDriver {
  readonly #app: WindowPage

  constructor(app: WindowPage) {
    this.#app = app
  }

  get #page(): Page {
    return this.#app.page
  }

  title(text: string): Locator {
    return this.#page.getByRole("heading", { level: 1, name: text, exact: true })
  }

  step(name: string): Locator {
    return this.#page.getByRole("list", { name: "Steps of the answer" }).getByRole("listitem", { name })
  }

  async press(step: string, button: string): Promise<void> {
    await this.step(step).getByRole("button", { name: button }).click()
  }

  /** Says how a step stands. */
  async mark(step: string, state: string, note?: string): Promise<void> {
    await this.step(step)
      .getByRole("button", { name: /^(Mark or assign|Change)…/ })
      .click()
    const dialog = this.#page.getByRole("dialog", { name: step })
    await dialog.getByRole("combobox", { name: "How it stands" }).click()
    await this.#page.getByRole("option", { name: state, exact: true }).click()
    if (note !== undefined) await dialog.getByLabel("Note").fill(note)
    await dialog.getByRole("button", { name: "Save" }).click()
    await expect(dialog).toBeHidden()
  }
}
