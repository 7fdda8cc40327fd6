import { globSync } from "node:fs"
import { basename } from "node:path"
import { defineConfig, type UserConfig } from "vite"

/** Started by themselves too, from either bundle; found by their names. */
export const workers = globSync(["main/**/*-worker.ts", "main/**/*-host.ts"], { cwd: import.meta.dirname })

/** What every command loads, in one file each: to find and link many small ones takes longer than to read a large one. */
const groups = [
  { name: "domain", test: /[\\/]main[\\/](domain|operations)[\\/]/ },
  { name: "contract", test: /[\\/](node_modules[\\/]zod[\\/]|preload[\\/]contract[\\/](values|keyslot-summary)[.])/ },
]

/** Packages with native code stay in node_modules, where they find their binaries. */
export const nativePackages = ["better-sqlite3-multiple-ciphers", "argon2", "pkcs11js", "usb/index.js"]

/** It stays a file of its own, because it is under the LGPL: whoever wants to may put another version in its place. */
const exchangeablePackages = ["openpgp"]

/** @param entries - what is started by itself, besides the workers */
export const bundleOf = (entries: readonly string[], outDir: string): UserConfig => ({
  publicDir: false,
  ssr: { target: "node", noExternal: true },
  build: {
    ssr: true,
    target: "node24",
    outDir,
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries([...entries, ...workers].map((entry) => [basename(entry, ".ts"), entry])),
      external: ["electron", ...nativePackages, ...exchangeablePackages],
      // All in one folder, as deep as the folders of main: a path relative to one is right for each.
      output: {
        format: "es",
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
        codeSplitting: { groups },
      },
    },
  },
})

export default defineConfig(bundleOf(["main/cli/claviger.ts", "main/demonstration.ts"], "dist/main"))
