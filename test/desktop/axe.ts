import AxeBuilder from "@axe-core/playwright"
import { expect } from "@playwright/test"
import type { App } from "./app.ts"

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

/** Legacy mode stays in the page: the app has no second window to work in. What does not depend on the colors is looked for once. */
export async function expectNothingFound(app: App, screen: string, appearance: "light" | "dark"): Promise<void> {
  const axe = new AxeBuilder({ page: app.page }).setLegacyMode(true)
  const { violations } = await (appearance === "light"
    ? axe.withTags(tags)
    : axe.withRules(["color-contrast"])
  ).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${screen}: ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join("\n")}`,
  )
  expect(found).toEqual([])
}
