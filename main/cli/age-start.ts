import { closeSync, fstatSync, openSync, readSync } from "node:fs"

/** What every file in the age format begins with, as it is or as text. */
const starts = ["age-encryption.org/v1", "-----BEGIN AGE ENCRYPTED FILE-----"]
const longest = Math.max(...starts.map(({ length }) => length))

/** Whether there is a file at a path that begins like one in the age format. A pipe has no beginning to come back to. */
export function startsAsAge(path: string): boolean {
  const start = startOf(path)
  return start !== null && starts.some((each) => start.startsWith(each))
}

function startOf(path: string): string | null {
  try {
    const file = openSync(path, "r")
    try {
      if (!fstatSync(file).isFile()) return null
      const start = Buffer.alloc(longest)
      return start.toString("latin1", 0, readSync(file, start, 0, longest, 0))
    } finally {
      closeSync(file)
    }
  } catch {
    // Whoever reads it next says why it can't be read.
    return null
  }
}
