import { protection } from "./native-memory.ts"
import { hashOfProgram, isReplaceable, programFile } from "./program-files.ts"

interface AboutProgram {
  readonly version: string
  readonly runtime: { name: string; version: string }[]
  readonly memory: ReturnType<typeof protection>
  readonly program: { path: string; sha256: string; isReplaceable: boolean }
}

const runtimes = { electron: "Electron", chrome: "Chromium", node: "Node.js" } as const

/** What this program is, and how far its files and its memory are out of reach. @param entry - the bundle that runs */
export async function aboutProgram(version: string, entry: string): Promise<AboutProgram> {
  const path = programFile(entry)
  return {
    version,
    runtime: Object.entries(runtimes).map(([key, name]) => ({ name, version: process.versions[key] ?? "" })),
    memory: protection(),
    program: { path, sha256: await hashOfProgram(path), isReplaceable: isReplaceable(path) },
  }
}
