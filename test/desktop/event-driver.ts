import { expect, type Locator, type Page } from "@playwright/test"
import type { WindowPage } from "./window-page.ts"

/** Events that keys must change for, as a part of `App`. */
export class EventDriver {
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

  get dialog(): Locator {
    return this.#app.dialog("Raise an event")
  }

  field(name: string): Locator {
    return this.dialog.getByRole("textbox", { name, exact: true })
  }

  /** Says in the dialog what happened, and asks which keys that touches. */
  async preview(kind: string, fields: Readonly<Record<string, string>>): Promise<void> {
    await this.dialog.getByRole("radio", { name: kind }).check()
    for (const [field, text] of Object.entries(fields)) await this.field(field).fill(text)
    await this.dialog.getByRole("button", { name: "Show its keys" }).click()
  }

  key(name: string): Locator {
    return this.#page.getByRole("region", { name: "Keys of the event" }).getByRole("listitem").filter({ hasText: name })
  }

  row(text: string | RegExp): Locator {
    return this.#page.getByRole("row", { name: text })
  }

  async close(reason: string): Promise<void> {
    await this.#app.button("Close the event…").click()
    const dialog = this.#app.dialog("Close the event")
    await dialog.getByLabel("Reason").fill(reason)
    await dialog.getByRole("button", { name: "Close the event" }).click()
    await expect(dialog).toBeHidden()
  }
}
