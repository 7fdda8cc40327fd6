import { readFileSync } from "node:fs"
import { z } from "zod"
import { defaultPreferences, Preferences } from "../../preload/contract/preferences.ts"

interface Content {
  readonly recent: readonly string[]
  readonly preferences: Preferences
}

const Changes = Preferences.partial()
export type Changes = z.infer<typeof Changes>

const Remembered = z.object({
  recent: z.array(z.string()).max(20).default([]),
  preferences: Changes.default({}),
})

const mostRecent = 10

/** What the app remembers on this machine: where vaults were opened, by path only, and how it should behave. */
export class DesktopMemory {
  readonly #path: string
  readonly #write: (path: string, bytes: Uint8Array) => void
  #content: Content

  /** @param write - replaces a file as a whole, and makes its folder */
  constructor(path: string, write: (path: string, bytes: Uint8Array) => void) {
    this.#path = path
    this.#write = write
    this.#content = readContent(path)
  }

  get recent(): readonly string[] {
    return this.#content.recent
  }

  get preferences(): Preferences {
    return this.#content.preferences
  }

  remember(path: string): void {
    const recent = [path, ...this.#content.recent.filter((other) => other !== path)].slice(0, mostRecent)
    this.#save({ ...this.#content, recent })
  }

  forget(path: string): void {
    this.#save({ ...this.#content, recent: this.#content.recent.filter((other) => other !== path) })
  }

  set(changes: Changes): Preferences {
    this.#save({ ...this.#content, preferences: changed(this.#content.preferences, changes) })
    return this.#content.preferences
  }

  #save(content: Content): void {
    this.#content = content
    this.#write(this.#path, new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`))
  }
}

/** A file that is missing or unreadable costs a preference, never a vault. */
function readContent(path: string): Content {
  try {
    const { recent, preferences } = Remembered.parse(JSON.parse(readFileSync(path, "utf8")))
    return { recent, preferences: changed(defaultPreferences, preferences) }
  } catch {
    return { recent: [], preferences: defaultPreferences }
  }
}

function changed(preferences: Preferences, changes: Changes): Preferences {
  const said = Object.entries(changes).filter(([, value]) => value !== undefined)
  return Preferences.parse({ ...preferences, ...Object.fromEntries(said) })
}
