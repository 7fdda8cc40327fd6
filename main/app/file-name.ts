/** A key's name may hold what a file's name can't. */
export function fileNameOf(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._ -]/gu, "-").replace(/^[. ]+/, "")
}
