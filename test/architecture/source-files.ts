import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../..", import.meta.url))

export interface SourceFile {
  /** Relative to the checkout, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** What git tracks or would track, under the folders given: neither node_modules nor what a build leaves. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  // The checkout may belong to another user, as in a container.
  const options = ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]
  const listed = execFileSync("git", [...options, ...folders], { cwd: root, encoding: "utf8" })
  const paths = new Set(listed.split("\0").filter((path) => path !== "" && existsSync(join(root, path))))
  return [...paths].map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))
}
