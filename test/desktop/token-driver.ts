import { expect, type Locator } from "@playwright/test"
import type { WindowPage } from "./window-page.ts"

interface Dialogs extends WindowPage {
  answerDialog(path: string | null): Promise<void>
}

/** HSMs and smart cards, as a part of `App`. */
export class TokenDriver {
  readonly #app: Dialogs

  constructor(app: Dialogs) {
    this.#app = app
  }

  async open(): Promise<void> {
    await this.#app.go("Tokens")
    await expect(this.#app.page.getByRole("region", { name: "Tokens", exact: true })).toHaveAttribute(
      "aria-busy",
      "false",
    )
  }

  token(label: string): Locator {
    return this.#app.page.getByRole("article", { name: label, exact: true })
  }

  get usb(): Locator {
    return this.#app.page.getByRole("region", { name: "USB", exact: true })
  }

  /** A row under USB. */
  device(name: string): Locator {
    return this.usb.getByRole("row", { name })
  }

  /** Whether pulling out a device, or a token, locks the vault. */
  removalLock(of: Locator): Locator {
    return of.getByRole("switch", { name: "Lock the vault when this is removed" })
  }

  library(name: string): Locator {
    return this.#app.page.getByRole("region", { name: "Libraries" }).getByRole("row", { name })
  }

  /** One that is not where its vendor puts it. */
  async addLibrary(file: string, parameters = ""): Promise<void> {
    await this.#app.button("Add a library…").click()
    await this.#app.answerDialog(file)
    await this.#app.button("Choose: Library").click()
    await this.#app.field("Parameters").fill(parameters)
    await this.#app.button("Add the library").click()
  }

  async setUp(label: string, { soPin, pin }: { soPin: string; pin: string }): Promise<void> {
    await this.token("A token that is not set up").getByRole("button", { name: "Set it up…" }).click()
    await this.#app.field("Name of the token").fill(label)
    await this.#app.field("SO PIN").fill(soPin)
    await this.#app.field("SO PIN again").fill(soPin)
    await this.#app.field("PIN").fill(pin)
    await this.#app.field("PIN again").fill(pin)
    await this.#app.button("Set it up").click()
    await expect(this.token(label)).toBeVisible()
  }

  /** Says in a dialog which token is to do it. */
  async choose(label: string, pin: string): Promise<void> {
    await this.#app.page.getByRole("combobox", { name: "Token" }).click()
    await this.#app.page.getByRole("option", { name: new RegExp(`^${label} `) }).click()
    await this.#app.field("PIN of the token").fill(pin)
  }

  /** Answers the question for the PIN of the token that a key is in. */
  async typePin(pin: string): Promise<void> {
    const question = this.#app.dialog("PIN of the token")
    await question.getByLabel("PIN", { exact: true }).fill(pin)
    await question.getByRole("button", { name: "Continue" }).click()
  }

  async press(label: string, action: string): Promise<void> {
    await this.token(label).getByRole("button", { name: action, exact: true }).click()
  }

  async changePin(label: string, from: string, to: string): Promise<void> {
    await this.press(label, "Change PIN…")
    await this.#app.field("PIN").fill(from)
    await this.#app.field("New PIN").fill(to)
    await this.#app.field("New PIN again").fill(to)
    await this.#app.button("Change it").click()
  }
}
