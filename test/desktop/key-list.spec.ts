import { App } from "./app.ts"
import { expect, passphrase, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

test.use({
  plan: {
    ...emptyVault,
    startedDaysAgo: 100,
    steps: [
      ["keyring.create", { name: "production" }],
      ["key.generate", { name: "delta", algorithm: "aes-256", purpose: "encryption", rotateEvery: "30d" }],
      ["wait", { days: 10 }],
      ["key.generate", { name: "alpha", algorithm: "ed25519", purpose: "signature", keyring: "production" }],
      ["wait", { days: 10 }],
      ["key.generate", { name: "charlie", algorithm: "hmac-sha256", purpose: "mac", rotateEvery: "1y" }],
      ["wait", { days: 10 }],
      ["key.generate", { name: "bravo", algorithm: "aes-256", purpose: "key-wrapping", owner: "Ada" }],
      ["key.suspend", { name: "bravo", reason: "under review" }],
    ],
  },
})

test.beforeEach(async ({ openApp }) => {
  await openApp.page.setViewportSize({ width: 1600, height: 1000 })
  await openApp.keys.expectNames(["alpha", "bravo", "charlie", "delta"])
})

test("a click on a heading sorts by it, another turns the order round, and the heading says so", async ({
  openApp,
}) => {
  const { keys } = openApp
  await expect(keys.heading("Name")).toHaveAttribute("aria-sort", "ascending")
  await keys.sortBy("Age")
  await keys.expectNames(["delta", "alpha", "charlie", "bravo"])
  await expect(keys.heading("Age")).toHaveAttribute("aria-sort", "ascending")
  await expect(keys.heading("Name")).not.toHaveAttribute("aria-sort")
  await keys.sortBy("Age")
  await keys.expectNames(["bravo", "charlie", "alpha", "delta"])
  await expect(keys.heading("Age")).toHaveAttribute("aria-sort", "descending")
})

test("every column that can be sorted by puts the keys in its order", async ({ openApp }) => {
  const { keys } = openApp
  const orders = {
    Algorithm: ["bravo", "delta", "alpha", "charlie"],
    Purpose: ["delta", "bravo", "charlie", "alpha"],
    State: ["alpha", "charlie", "delta", "bravo"],
    "Next rotation": ["delta", "charlie", "alpha", "bravo"],
    Keyring: ["bravo", "charlie", "delta", "alpha"],
  }
  for (const [column, expected] of Object.entries(orders)) {
    await keys.sortBy(column)
    await keys.expectNames(expected)
  }
})

test("the keyboard sorts too", async ({ openApp }) => {
  await openApp.keys.heading("Purpose").getByRole("button").focus()
  await openApp.page.keyboard.press("Enter")
  await openApp.keys.expectNames(["delta", "bravo", "charlie", "alpha"])
  await openApp.page.keyboard.press("Space")
  await openApp.keys.expectNames(["alpha", "charlie", "bravo", "delta"])
})

test("a hidden column stays hidden when the app is started again, until it is shown", async ({ openApp }) => {
  await openApp.keys.toggleColumn("Keyring")
  await expect(openApp.keys.heading("Keyring")).toHaveCount(0)
  await openApp.quit()
  const again = await App.start({ home: openApp.home })
  await again.unlock(passphrase)
  await again.page.setViewportSize({ width: 1600, height: 1000 })
  await expect(again.keys.heading("Purpose")).toBeVisible()
  await expect(again.keys.heading("Keyring")).toHaveCount(0)
  await again.keys.toggleColumn("Keyring")
  await expect(again.keys.heading("Keyring")).toBeVisible()
  await again.quit()
})

test("chips narrow the list, all of them at once, and let go of it", async ({ openApp }) => {
  const { keys } = openApp
  await keys.filterBy("Algorithm", "AES-256")
  await keys.expectNames(["bravo", "delta"])
  await keys.filterBy("State", "suspended")
  await keys.expectNames(["bravo"])
  await keys.filterBy("Algorithm", "Any")
  await keys.filterBy("State", "Any")
  await keys.filterDue()
  await keys.expectNames(["delta"])
  await keys.filterBy("Keyring", "production")
  await expect(openApp.heading("No key like that")).toBeVisible()
  await openApp.button("Clear filters").click()
  await keys.expectNames(["alpha", "bravo", "charlie", "delta"])
})

test("a search and a chip hold at once", async ({ openApp }) => {
  await openApp.keys.filterBy("Algorithm", "AES-256")
  await openApp.keys.search("ada")
  await openApp.keys.expectNames(["bravo"])
})
