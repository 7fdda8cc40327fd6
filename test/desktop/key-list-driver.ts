import { expect, type Locator, type Page } from "@playwright/test"
import type { WindowPage } from "./window-page.ts"

/** The list of keys, as a part of `App`: its columns, filters, and what is selected in it. */
export class KeyListDriver {
  readonly #app: WindowPage

  constructor(app: WindowPage) {
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
    // The menu of another chip may not have gone yet.
    const menu = this.#page.getByRole("menu", { name: new RegExp(`^${what}`) })
    await menu.getByRole("menuitemradio", { name: choice, exact: true }).click()
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
  async withSelected(action: "Rotate…" | "Tag…" | "Move…" | "Export…" | "Destroy…"): Promise<void> {
    await this.selectionBar.getByRole("button", { name: action }).click()
    await expect(this.#page.getByRole("dialog")).toBeVisible()
  }

  /** What became of one key, in the dialog for many. */
  outcome(name: string): Locator {
    return this.#page.getByRole("region", { name: "Each key" }).getByRole("listitem").filter({ hasText: name })
  }

  async search(text: string): Promise<void> {
    await this.#app.field("Search keys").fill(text)
  }

  /** @returns milliseconds from the last letter to the row of that name as the only one */
  async searchFor(name: string): Promise<number> {
    await this.search("")
    await expect(this.#page.getByRole("row").nth(2)).toBeVisible()
    const found = this.#page.evaluate((wanted) => {
      const isFound = () => {
        const rows = [...document.querySelectorAll(".key-scroller [role=row]")]
        return rows.length === 1 && rows[0]?.textContent?.includes(wanted) === true
      }
      return new Promise<number>((resolve) => {
        let typedAt = performance.now()
        document.addEventListener("input", () => {
          typedAt = performance.now()
        })
        const look = () => (isFound() ? resolve(performance.now() - typedAt) : requestAnimationFrame(look))
        look()
      })
    }, name)
    await this.search(name)
    return found
  }

  /** Turns the wheel over the list. @returns the milliseconds between the frames */
  async scroll({ forMs }: { forMs: number }): Promise<number[]> {
    return this.#page.getByRole("rowgroup", { name: "Keys" }).evaluate((list, duration) => {
      return new Promise<number[]>((resolve) => {
        const frames: number[] = []
        const startedAt = performance.now()
        let last = startedAt
        const next = (now: number) => {
          frames.push(now - last)
          last = now
          list.scrollTop += 160
          if (now - startedAt < duration) requestAnimationFrame(next)
          else resolve(frames.slice(1))
        }
        requestAnimationFrame(next)
      })
    }, forMs)
  }
}
