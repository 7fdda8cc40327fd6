/** The last part of a path, without the ending of vaults. */
export function nameOf(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replace(/\.claviger$/, "")
}

export function folderOf(path: string): string {
  return path
    .split(/[\\/]/)
    .slice(0, -1)
    .join(path.includes("\\") ? "\\" : "/")
}
