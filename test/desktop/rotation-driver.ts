import { expect, type Locator, type Page } from "@playwright/test"
import type { WindowPage } from "./window-page.ts"

/** A rotation by steps, in a key's panel or in a dialog of its own, as a part of `App`. */
export class RotationDriver {
  readonly #app: WindowPage

  constructor(app: WindowPage) {
    this.#app = app
  }

  get #page(): Page {
    return this.#app.page
  }

  step(name: string): Locator {
    return this.#page.getByRole("list", { name: "Steps of the rotation" }).getByRole("listitem", { name })
  }

  /** Begins one in the dialog that asks how. */
  async begin(name: string, { grace }: { grace?: string } = {}): Promise<void> {
    const dialog = this.#app.dialog(`Rotate ${name}`)
    await dialog.getByRole("radio", { name: "By steps" }).check()
    if (grace !== undefined) await this.#app.choose(/still opens and verifies/, grace)
    await dialog.getByRole("button", { name: "Begin the rotation" }).click()
    await expect(dialog).toBeHidden()
  }

  /** Presses what leads to a dialog, fills in what is given, and confirms there. */
  async act(label: string, name: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.#app.button(`${label}…`).click()
    const dialog = this.#app.dialog(`${label}: ${name}`)
    for (const [field, text] of Object.entries(fields)) await dialog.getByLabel(field).fill(text)
    await dialog.getByRole("button", { name: label, exact: true }).click()
    await expect(dialog).toBeHidden()
  }
}
