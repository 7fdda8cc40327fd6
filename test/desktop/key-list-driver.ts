import { expect, type Locator, type Page } from "@playwright/test"

interface Parts {
  readonly page: Page
  keyRow(name: string): Locator
  button(name: string): Locator
  dialog(title: string): Locator
  field(label: string): Locator
}

/** The list of keys, as a part of `App`: its columns, filters, and what is selected in it. */
export class KeyListDriver {
  readonly #app: Parts

  constructor(app: Parts) {
    this.#app = app
  }

  get #page(): Page {
    return this.#app.page
  }

  /** The keyboard goes to the rows. */
  async focus(): Promise<void> {
    await this.#page.getByRole("rowgroup", { name: "Keys" }).focus()
  }

  heading(name: string): Locator {
    return this.#page.getByRole("columnheader", { name })
  }

  /** Once: by that column; twice: the other way round. */
  async sortBy(column: string): Promise<void> {
    await this.heading(column).getByRole("button").click()
  }

  /** The first cell of each row that is drawn, from the top. */
  async names(): Promise<string[]> {
    await expect(this.#page.getByRole("grid", { name: "Keys" })).toHaveAttribute("aria-busy", "false")
    const boxes = this.#page.getByRole("row").getByRole("checkbox")
    const labels = await boxes.evaluateAll((found) => found.map((box) => box.getAttribute("aria-label") ?? ""))
    return labels.slice(1).map((label) => label.replace(/^Select /, ""))
  }

  async expectNames(names: readonly string[]): Promise<void> {
    await expect.poll(() => this.names()).toEqual([...names])
  }

  /** Shows a column that is hidden, and the other way round. */
  async toggleColumn(column: string): Promise<void> {
    await this.#app.button("Columns").click()
    await this.#page.getByRole("menuitemcheckbox", { name: column }).click()
    await this.#page.keyboard.press("Escape")
  }

  async filterBy(what: "State" | "Purpose" | "Algorithm" | "Keyring", choice: string): Promise<void> {
    await this.filters.getByRole("button", { name: what }).click()
    await this.#page.getByRole("menuitemradio", { name: choice, exact: true }).click()
  }

  async filterDue(): Promise<void> {
    await this.filters.getByRole("button", { name: "Due" }).click()
  }

  get filters(): Locator {
    return this.#page.getByRole("group", { name: "Filters" })
  }

  /** Puts a mark at each key. */
  async select(...names: readonly string[]): Promise<void> {
    for (const name of names) await this.box(name).check()
  }

  box(name: string): Locator {
    return this.#page.getByRole("checkbox", { name: `Select ${name}`, exact: true })
  }

  get selectionBar(): Locator {
    return this.#page.getByRole("toolbar", { name: "Selected keys" })
  }

  async expectSelected(names: readonly string[]): Promise<void> {
    await expect(this.#page.getByRole("row", { selected: true })).toHaveCount(names.length)
    for (const name of names) await expect(this.box(name)).toBeChecked()
  }

  /** Opens the dialog of an action for all selected keys. */
  async withSelected(action: "Rotate…" | "Tag…" | "Export…" | "Destroy…"): Promise<void> {
    await this.selectionBar.getByRole("button", { name: action }).click()
    await expect(this.#page.getByRole("dialog")).toBeVisible()
  }

  /** What became of one key, in the dialog for many. */
  outcome(name: string): Locator {
    return this.#page.getByRole("region", { name: "Each key" }).getByRole("listitem").filter({ hasText: name })
  }
}
