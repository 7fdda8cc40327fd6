import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

/** What the goals are set for. To make so many takes most of a minute: CLAVIGER_MANY_KEYS=2000 is for a quick look. */
const count = Number(process.env["CLAVIGER_MANY_KEYS"] ?? 100_000)

test.use({ plan: { ...emptyVault, manyKeys: count } })
test.setTimeout(600_000)

const percentile = (values: readonly number[], share: number) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? 0

test(`${count} keys scroll, and are found as one types`, async ({ openApp }) => {
  await expect(openApp.keyRow("key-000001")).toBeVisible()
  const frames = await openApp.keys.scroll({ forMs: 1500 })
  const searches: number[] = []
  for (const number of [7, Math.floor(count / 2), count]) {
    searches.push(await openApp.keys.searchFor(`key-${String(number).padStart(6, "0")}`))
  }
  const figures = `frames p50 ${percentile(frames, 0.5).toFixed(1)} ms, p95 ${percentile(frames, 0.95).toFixed(1)} ms; search ${searches.map((ms) => ms.toFixed(0)).join(", ")} ms`
  test.info().annotations.push({ type: "figures", description: figures })
  console.log(`${count} keys: ${figures}`)
  // Rows in view only, however many there are.
  expect(await openApp.page.getByRole("row").count()).toBeLessThan(80)
})
