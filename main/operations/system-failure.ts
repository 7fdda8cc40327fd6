import type { Failure, FailureCode } from "../../preload/contract/failure.ts"

/** What the codes of the operating system (errno) and of SQLite mean to a person. */
const meanings: readonly [FailureCode, RegExp][] = [
  ["DISK_FULL", /^(ENOSPC|EDQUOT|SQLITE_FULL)$/],
  ["VAULT_BUSY", /^SQLITE_(BUSY|LOCKED)/],
  ["VAULT_CORRUPT", /^SQLITE_(CORRUPT|NOTADB)/],
  ["ALREADY_EXISTS", /^EEXIST$/],
  [
    "IO_ERROR",
    /^(EACCES|EPERM|EROFS|EIO|ENOENT|ENOTDIR|EISDIR|ENOTEMPTY|ELOOP|EMFILE|ENFILE|ENAMETOOLONG|EFBIG|EBUSY|EBADF|ENXIO|ENODEV|EXDEV|ENOTSUP|ESPIPE|EAGAIN|EPIPE|EINVAL)$/,
  ],
  ["IO_ERROR", /^SQLITE_(IOERR|READONLY|CANTOPEN)/],
]

/** What better-sqlite3 says when the vault was locked in the midst of an operation; it has no code for it. */
const closed = "The database connection is not open"

/** What an error of the operating system or of SQLite means, or `null` when it is neither: then it is a bug. */
export function systemFailure(error: unknown): Failure | null {
  if (error instanceof TypeError && error.message === closed) return { code: "VAULT_LOCKED" }
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null
  const name = error.code
  const [code] = meanings.find(([, names]) => names.test(name)) ?? []
  return code === undefined ? null : { code, detail: placeOf(error, name) }
}

/** For example `ENOENT, open, /keys/a.pem`. */
function placeOf(error: Error, name: string): string {
  const parts: unknown[] = [name, "syscall" in error && error.syscall, "path" in error && error.path]
  return parts.filter((part) => typeof part === "string").join(", ")
}
