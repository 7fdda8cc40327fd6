import { expect, type Locator } from "@playwright/test"
import type { WindowPage } from "./window-page.ts"

interface Dialogs extends WindowPage {
  answerDialog(path: string | null): Promise<void>
}

/** The backups, as a part of `App`: each is a row of a table. */
export class BackupDriver {
  readonly #app: Dialogs

  constructor(app: Dialogs) {
    this.#app = app
  }

  /** On the screen of backups. */
  async make(path: string): Promise<void> {
    await this.#app.answerDialog(path)
    await this.#app.button("Back up…").click()
    await expect(this.#app.page.getByRole("status")).toContainText("Verified: ")
  }

  row(name: string): Locator {
    return this.#app.page.getByRole("row").filter({ hasText: name })
  }

  async startDrill(name: string): Promise<void> {
    await this.row(name)
      .getByRole("button", { name: /^(Restore drill|Find it)…/ })
      .click()
    await expect(this.drillDialog).toBeVisible()
  }

  async answerDrill(passphrase: string): Promise<void> {
    await this.#app.field("Passphrase of the backup").fill(passphrase)
    await this.drillDialog.getByRole("button", { name: "Restore drill" }).click()
  }

  get drillDialog(): Locator {
    return this.#app.dialog("Restore drill")
  }

  async showDestroyed(name: string): Promise<void> {
    await this.row(name)
      .getByRole("button", { name: /destroyed key/ })
      .click()
    await expect(this.destroyedDialog(name)).toBeVisible()
  }

  destroyedDialog(name: string): Locator {
    return this.#app.dialog(`Destroyed keys in ${name}`)
  }
}
