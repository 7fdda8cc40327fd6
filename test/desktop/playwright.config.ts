import { defineConfig } from "@playwright/test"

/** One set of specs, on Electron where its binary is there, else on the stand-in. Nothing is tried twice. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../../dist/test/app",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["./runtime-reporter.ts"], ["json", { outputFile: "../../dist/test/app.json" }]],
})
