/** Whether an error is the operating system's or SQLite's, with one of these codes (`ENOENT`, `SQLITE_NOTADB`, …). */
export function hasErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code))
}
