import type { Locator } from "@playwright/test"
import type { WindowPage } from "./window-page.ts"

/** Taking keys in that exist already, as a part of `App`. */
export class ImportDriver {
  readonly #app: WindowPage

  constructor(app: WindowPage) {
    this.#app = app
  }

  async open(): Promise<void> {
    await this.#app.button("Import…").click()
  }

  /** Drops files on the dialog: each is recognised. */
  async drop(files: Readonly<Record<string, Buffer>>): Promise<void> {
    const dropped = await this.#app.page.evaluateHandle(
      (entries) => {
        const transfer = new DataTransfer()
        for (const [name, bytes] of entries) transfer.items.add(new File([Uint8Array.from(bytes)], name))
        return transfer
      },
      Object.entries(files).map(([name, content]) => [name, [...content]] as const),
    )
    await this.#app.page
      .getByRole("group", { name: "Drop key files here" })
      .dispatchEvent("drop", { dataTransfer: dropped })
  }

  /** One file in the list. */
  file(name: string): Locator {
    return this.#app.page.getByRole("group", { name, exact: true })
  }

  field(file: string, label: string): Locator {
    const row = this.file(file)
    return row
      .getByRole("textbox", { name: label, exact: true })
      .or(row.getByLabel(label, { exact: true }))
      .first()
  }

  async fill(file: string, label: string, text: string): Promise<void> {
    await this.field(file, label).fill(text)
  }

  /** Takes one file, under the name that is proposed. */
  async take(name: string, content: Buffer): Promise<void> {
    await this.open()
    await this.drop({ [name]: content })
    await this.#app.button("Import").click()
  }
}
