import { execFileSync } from "node:child_process"
import { accessSync, constants } from "node:fs"
import { delimiter, join } from "node:path"

/** Whether a program that a test drives is on the path; where it is missing the test is skipped, by name. */
export function isThere(program: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** What a program answers on its standard output. Throws what it says on the other when it fails. */
export function run(program: string, args: readonly string[], input: Uint8Array | string = ""): Buffer {
  return execFileSync(program, args, { input, stdio: ["pipe", "pipe", "pipe"] })
}
