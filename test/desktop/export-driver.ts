import { expect } from "@playwright/test"
import type { KeyPanelDriver } from "./key-panel-driver.ts"
import { passphrase as usualPassphrase } from "./vault-plan.ts"
import type { WindowPage } from "./window-page.ts"

interface Parts extends WindowPage {
  key(name: string): KeyPanelDriver
  openKey(name: string): Promise<void>
}

/** What leaves the vault, as a part of `App`. */
export class ExportDriver {
  readonly #app: Parts

  constructor(app: Parts) {
    this.#app = app
  }

  /** As far as the question for the vault's passphrase. */
  async start(name: string, filePassphrase: string): Promise<void> {
    await this.#app.key(name).openExport()
    await this.chooseEncrypted(filePassphrase)
    await this.#app.button("Choose a file and export").click()
  }

  /** In a dialog that exports. */
  async chooseEncrypted(filePassphrase: string): Promise<void> {
    await this.#app.page.getByText("Encrypted", { exact: true }).click()
    await this.#app.field("Passphrase of the file").fill(filePassphrase)
    await this.#app.field("Passphrase of the file again").fill(filePassphrase)
  }

  async encrypted(
    name: string,
    filePassphrase: string,
    { passphrase = usualPassphrase, isDone = true } = {},
  ): Promise<void> {
    await this.start(name, filePassphrase)
    await this.#app.typePassphraseAgain(passphrase)
    if (isDone) await expect(this.#app.dialog(`Export ${name}`)).toBeHidden()
  }

  async copySecret(name: string, passphrase: string): Promise<void> {
    await this.#app.openKey(name)
    await this.#app.keyPanel(name).getByRole("button", { name: "Copy…" }).click()
    await this.#app.field("Passphrase of this vault").fill(passphrase)
    await this.#app.dialog(`Copy ${name}`).getByRole("button", { name: "Copy", exact: true }).click()
  }
}
