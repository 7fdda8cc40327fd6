import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

test.use({
  plan: {
    ...emptyVault,
    startedDaysAgo: 100,
    steps: [
      ["keyring.create", { name: "services" }],
      ["keyring.policy", { name: "services", set: { automaticRotation: true } }],
      ["key.generate", { name: "session", algorithm: "aes-256", keyring: "services", rotateEvery: "90d" }],
      ["key.generate", { name: "by hand", algorithm: "aes-256", rotateEvery: "90d" }],
    ],
  },
})

test("what is due rotates by itself where its policy says so, and is not told of", async ({ openApp: app }) => {
  await expect(app.health.entry).toHaveAccessibleName(/1 overdue/)
  await app.go("Health")
  await expect(app.health.line("What is due", "by hand")).toContainText("overdue")
  await expect(app.health.line("What is due", "session")).toContainText("planned")
})
