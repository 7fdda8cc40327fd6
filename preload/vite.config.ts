import { defineConfig } from "vite"

/** One file in CommonJS: a sandboxed preload can load nothing else, and of modules only electron. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: "chrome150",
    outDir: "dist/preload",
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: "preload/preload.ts",
      external: ["electron"],
      output: { format: "cjs", entryFileNames: "preload.cjs" },
    },
  },
})
