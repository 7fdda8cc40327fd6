import { defineConfig } from "vitest/config"
import { compileCache } from "./test/support/compile-cache.ts"
import { keepTemporaryFilesInMemory } from "./test/support/memory-disk.ts"

keepTemporaryFilesInMemory()

/** Suites that start programs: the built command line, openssl, strace. They need the build, and longer. */
const system = ["test/{cli,interop,faults,memory,crash,package}/**/*.test.ts"]

export default defineConfig({
  test: {
    // Vitest would leave one processor to itself: half of a machine with two.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: system,
          // Not for the system suites, which watch what programs write.
          env: { NODE_COMPILE_CACHE: compileCache },
          globalSetup: ["test/support/compiled-host.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: "system", include: system, testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
})
