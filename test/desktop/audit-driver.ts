import { expect, type Locator, type Page } from "@playwright/test"
import type { WindowPage } from "./window-page.ts"

/** The log, as a part of `App`: its rows, what they are narrowed by, and what is unusual. */
export class AuditDriver {
  readonly #app: WindowPage

  constructor(app: WindowPage) {
    this.#app = app
  }

  get #page(): Page {
    return this.#app.page
  }

  get #rows(): Locator {
    return this.#page.getByRole("rowgroup", { name: "Rows of the log" })
  }

  row(text: string | RegExp): Locator {
    return this.#rows.getByRole("row", { name: text })
  }

  /** The rows that are drawn, from the top: what was done to what. */
  async expectRows(rows: readonly string[]): Promise<void> {
    const grid = this.#page.getByRole("grid", { name: "Rows of the log" })
    await expect(grid).toHaveAttribute("aria-busy", "false")
    await expect(this.#rows.getByRole("row")).toHaveCount(rows.length)
    for (const [index, text] of rows.entries()) await expect(this.#rows.getByRole("row").nth(index)).toContainText(text)
  }

  /** What stands beside the list. */
  panel(row: number): Locator {
    return this.#page.getByRole("complementary", { name: `Row ${row}` })
  }

  async focus(): Promise<void> {
    await this.#rows.focus()
  }

  get filters(): Locator {
    return this.#page.getByRole("group", { name: "Filters" })
  }

  async filterBy(what: "Action" | "By" | "Outcome" | "Time", choice: string): Promise<void> {
    await this.filters.getByRole("button", { name: what }).click()
    const menu = this.#page.getByRole("menu", { name: new RegExp(`^${what}`) })
    await menu.getByRole("menuitemradio", { name: choice, exact: true }).click()
  }

  async filterByKey(name: string): Promise<void> {
    const field = this.#page.getByRole("combobox", { name: "Key" })
    await field.fill(name)
    await this.#page.getByRole("option", { name, exact: true }).click()
  }

  /** As `2026-11-26`. */
  async filterByDays(first: string, last: string): Promise<void> {
    await this.filterBy("Time", "From day to day")
    await this.#page.getByLabel("First day").fill(first)
    await this.#page.getByLabel("Last day").fill(last)
  }

  async clearFilters(): Promise<void> {
    await this.#app.button("Clear filters").first().click()
  }

  get unusual(): Locator {
    return this.#page.getByRole("region", { name: "Unusual use" })
  }

  /** How the chain was found when it was last verified. */
  get verified(): Locator {
    return this.#page.getByRole("status").filter({ hasText: /^(verified to|broken at)/ })
  }
}
