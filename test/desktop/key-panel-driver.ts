import { expect, type Locator } from "@playwright/test"
import type { WindowPage } from "./window-page.ts"

interface Parts extends WindowPage {
  openKey(name: string): Promise<void>
}

export type KeyTab = "Overview" | "Versions" | "Use" | "Relations" | "Policy" | "History"

/** One key beside the list, as a part of `App`. */
export class KeyPanelDriver {
  readonly #app: Parts
  readonly #name: string

  constructor(app: Parts, name: string) {
    this.#app = app
    this.#name = name
  }

  get panel(): Locator {
    return this.#app.keyPanel(this.#name)
  }

  async show(tab: KeyTab): Promise<void> {
    if (!(await this.panel.isVisible())) await this.#app.openKey(this.#name)
    await this.panel.getByRole("tab", { name: tab }).click()
    await expect(this.panel.getByRole("tab", { name: tab, selected: true })).toBeVisible()
  }

  async openExport(): Promise<void> {
    await this.#app.openKey(this.#name)
    await this.panel.getByRole("button", { name: "Export…" }).click()
    await expect(this.#app.page.getByRole("dialog", { name: `Export ${this.#name}` })).toBeVisible()
  }

  /** One thing that the key does. */
  use(what: "Sign" | "Authenticate" | "Verify" | "Encrypt" | "Decrypt" | "Data key"): Locator {
    return this.panel.getByRole("form", { name: what, exact: true })
  }

  async sign(text: string): Promise<string> {
    await this.use("Sign").getByLabel("Text to sign").fill(text)
    await this.use("Sign").getByRole("button", { name: "Sign", exact: true }).click()
    return this.resultOf("Sign")
  }

  /** The text of a result that is no secret. */
  async resultOf(what: "Sign" | "Authenticate" | "Encrypt" | "Data key"): Promise<string> {
    const result = this.use(what).getByRole("status").getByRole("code")
    await expect(result).toBeVisible()
    return (await result.textContent()) ?? ""
  }

  async verify(text: string, signature: string): Promise<void> {
    await this.use("Verify").getByLabel("Text that was").fill(text)
    await this.use("Verify")
      .getByLabel(/base64/)
      .fill(signature)
    await this.use("Verify").getByRole("button", { name: "Verify", exact: true }).click()
  }

  /** Puts a file in the place of a text. */
  async chooseFile(what: "Sign" | "Verify", button: string, path: string): Promise<void> {
    const chooser = this.#app.page.waitForEvent("filechooser")
    await this.use(what).getByRole("button", { name: button }).click()
    await (await chooser).setFiles(path)
  }

  async encrypt(text: string): Promise<string> {
    await this.use("Encrypt").getByLabel("Text to encrypt").fill(text)
    await this.use("Encrypt").getByRole("button", { name: "Encrypt", exact: true }).click()
    return this.resultOf("Encrypt")
  }

  async decrypt(token: string): Promise<void> {
    await this.use("Decrypt").getByLabel("Token to decrypt").fill(token)
    await this.use("Decrypt").getByRole("button", { name: "Decrypt", exact: true }).click()
  }

  /** What shows a secret while it is held down. @returns what lets it go */
  async hold(what: "Decrypt" | "Data key"): Promise<() => Promise<void>> {
    await this.use(what).getByRole("button", { name: "Hold to show" }).hover()
    await this.#app.page.mouse.down()
    return () => this.#app.page.mouse.up()
  }

  secret(label: string): Locator {
    return this.panel.getByRole("note", { name: label })
  }

  async openMove(): Promise<void> {
    await this.show("Overview")
    await this.press("Move to keyring…")
    await expect(this.#app.page.getByRole("dialog", { name: `Move ${this.#name}` })).toBeVisible()
  }

  /** Asks for the dialog that puts a copy into a token. */
  async openCopyIntoToken(): Promise<Locator> {
    await this.show("Overview")
    await this.press("Copy into a token…")
    return this.#app.dialog(`Put a copy of ${this.#name} into a token`)
  }

  async relate(kind: "protects" | "wraps" | "depends on", other: string): Promise<void> {
    await this.show("Relations")
    await this.press("Relate…")
    await this.#app.choose(`${this.#name} …`, kind)
    await this.#app.page.getByRole("combobox", { name: "The other key" }).fill(other)
    await this.#app.page.getByRole("option", { name: other, exact: true }).click()
    await this.#app.dialog(`Relate ${this.#name}`).getByRole("button", { name: "Relate", exact: true }).click()
    await expect(this.#app.dialog(`Relate ${this.#name}`)).toBeHidden()
  }

  get relations(): Locator {
    return this.panel.getByRole("list", { name: "Relations" }).getByRole("listitem")
  }

  async press(what: string): Promise<void> {
    await this.panel.getByRole("button", { name: what, exact: true }).click()
  }
}
