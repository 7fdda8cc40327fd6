import { readFileSync } from "node:fs"
import { runInThisContext } from "node:vm"

export const pageScript = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8")

interface Wire {
  encode(value: unknown): string
  decode(text: string): unknown
}

/** The same code as in the page's worlds. */
export const wire: Wire = runInThisContext(pageScript("wire.js"))
