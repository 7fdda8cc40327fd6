import { existsSync } from "node:fs"

const folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"]

/** Where Debian puts a library. @throws Error when it is in none of these places */
export function libraryIn(name: string): string {
  const [path] = librariesThere(name)
  if (path === undefined) throw new Error(`${name}: not installed`)
  return path
}

export function librariesThere(name: string): string[] {
  return folders.map((folder) => `${folder}/${name}`).filter(existsSync)
}
