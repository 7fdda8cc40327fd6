import { defineConfig } from "vite"

/** The page: everything in files of its own, because its policy allows no inline script, style or data. */
export default defineConfig({
  root: "renderer",
  base: "/",
  // The main process puts a new one in its place each time that it serves the page.
  html: { cspNonce: "__NONCE__" },
  publicDir: false,
  build: {
    target: "chrome150",
    outDir: "../dist/renderer",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      // "use client" is for servers that draw pages; here there is none.
      onLog: (level, log, report) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") report(level, log)
      },
      output: { assetFileNames: "assets/[name]-[hash][extname]" },
    },
  },
})
