import { expect, type Locator, type Page } from "@playwright/test"
import type { WindowPage } from "./window-page.ts"

type HealthTab = "Due" | "Findings" | "Hygiene" | "Keys" | "Quantum" | "Unused" | "Backups" | "Policies"

/** How the keys are, as a part of `App`: its tabs, the calendar, and the lines of each list. */
export class HealthDriver {
  readonly #app: WindowPage

  constructor(app: WindowPage) {
    this.#app = app
  }

  get #page(): Page {
    return this.#app.page
  }

  async show(tab: HealthTab): Promise<void> {
    await this.tab(tab).click()
    await expect(this.#page.locator("[aria-busy=true]")).toHaveCount(0)
  }

  tab(name: HealthTab): Locator {
    return this.#page.getByRole("tab", { name: new RegExp(`^${name}\\b`) })
  }

  /** The entry of the navigation bar, with what it warns of. */
  get entry(): Locator {
    return this.#page.getByRole("navigation").getByRole("button", { name: /^Health/ })
  }

  line(list: string, text: string | RegExp): Locator {
    return this.#page.getByRole("region", { name: list }).getByRole("listitem").filter({ hasText: text })
  }

  lines(list: string): Locator {
    return this.#page.getByRole("region", { name: list }).getByRole("listitem")
  }

  /** Of a chart, by what it counts and how many. */
  bar(name: string): Locator {
    return this.#page.getByRole("button", { name })
  }

  day(name: string | RegExp): Locator {
    return this.#page.getByRole("region", { name: "Calendar" }).getByRole("button", { name })
  }
}
