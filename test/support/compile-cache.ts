import { join } from "node:path"

/** For `NODE_COMPILE_CACHE`: what programs compile of their sources, kept for their next start. */
export const compileCache = join(import.meta.dirname, "..", "..", "dist", "test", "compile-cache")
