/** Whether SQLite came upon a page of the file that can't be read. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(String(error.code))
}
