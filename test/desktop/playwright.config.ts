import { defineConfig } from "@playwright/test"
import { compileCache } from "../support/compile-cache.ts"
import { keepTemporaryFilesInMemory } from "../support/memory-disk.ts"

keepTemporaryFilesInMemory()
process.env["NODE_COMPILE_CACHE"] ??= compileCache

/** One set of specs, on Electron where its binary is there, else on the stand-in. Nothing is tried twice. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../../dist/test/app",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  // For what hangs alone: no machine is so slow, whatever else it does, and what passes waits for none of it.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [["list"], ["./runtime-reporter.ts"], ["json", { outputFile: "../../dist/test/app.json" }]],
})
