import { existsSync } from "node:fs"

const folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"]

/** Where Debian puts a library. @throws Error when it is in none of these places */
export function libraryIn(...names: readonly string[]): string {
  const path = folders.flatMap((folder) => names.map((name) => `${folder}/${name}`)).find(existsSync)
  if (path === undefined) throw new Error(`${names.join(", ")}: not installed`)
  return path
}
