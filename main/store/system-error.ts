/** Whether an error is the operating system's or SQLite's, with one of these codes (`ENOENT`, `SQLITE_NOTADB`, …). */
export function hasErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code))
}

/** Whether SQLite came upon a page of the file that can't be read. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(String(error.code))
}
