import { defineConfig } from "vite"
import { bundleOf } from "../../vite.config.ts"

/** The app's main process has a bundle of its own: all of it is packed, and nothing of the command line. */
export default defineConfig(bundleOf(["main/main.ts"], "dist/app"))
