import { readFileSync } from "node:fs"
import Database from "better-sqlite3-multiple-ciphers"
import { expect, test, vi } from "vitest"
import { VaultError } from "../../main/domain/vault-error.ts"
import { type ReportBug, toFailure } from "../../main/operations/to-failure.ts"
import { type Failure, failures } from "../../preload/contract/failure.ts"

function systemError(code: string, more: object = {}): Error {
  return Object.assign(new Error("SECRET"), { code, ...more })
}

function failureOf(act: () => unknown, reportBug: ReportBug): Failure | null {
  try {
    act()
    return null
  } catch (error) {
    return toFailure(error, reportBug)
  }
}

test("a failure a person can act on keeps its code and detail", () => {
  expect(toFailure(new VaultError("STATE_DENIED", "version 1"), vi.fn())).toEqual({
    code: "STATE_DENIED",
    detail: "version 1",
  })
  expect(toFailure(new VaultError("VAULT_LOCKED"), vi.fn())).toEqual({ code: "VAULT_LOCKED" })
})

test("a database that was closed in the midst of an operation means that the vault was locked", () => {
  const db = new Database(":memory:")
  const statement = db.prepare("SELECT 1")
  db.close()
  const reportBug = vi.fn()
  expect(failureOf(() => statement.get(), reportBug)).toEqual({ code: "VAULT_LOCKED" })
  expect(reportBug).not.toHaveBeenCalled()
})

test.for([
  ["ENOSPC", "DISK_FULL"],
  ["EDQUOT", "DISK_FULL"],
  ["SQLITE_FULL", "DISK_FULL"],
  ["EACCES", "IO_ERROR"],
  ["EPERM", "IO_ERROR"],
  ["EROFS", "IO_ERROR"],
  ["EIO", "IO_ERROR"],
  ["ENOENT", "IO_ERROR"],
  ["ENOTDIR", "IO_ERROR"],
  ["EISDIR", "IO_ERROR"],
  ["ELOOP", "IO_ERROR"],
  ["EMFILE", "IO_ERROR"],
  ["EINVAL", "IO_ERROR"],
  ["SQLITE_IOERR_FSYNC", "IO_ERROR"],
  ["SQLITE_READONLY_DBMOVED", "IO_ERROR"],
  ["SQLITE_CANTOPEN", "IO_ERROR"],
  ["EEXIST", "ALREADY_EXISTS"],
  ["SQLITE_BUSY_SNAPSHOT", "VAULT_BUSY"],
  ["SQLITE_LOCKED", "VAULT_BUSY"],
  ["SQLITE_CORRUPT_INDEX", "VAULT_CORRUPT"],
  ["SQLITE_NOTADB", "VAULT_CORRUPT"],
])("%s means %s", ([name = "", code]) => {
  const reportBug = vi.fn()
  expect(toFailure(systemError(name), reportBug)).toEqual({ code, detail: name })
  expect(reportBug).not.toHaveBeenCalled()
})

test("a real error of the file system tells call and path", () => {
  let caught: unknown
  try {
    readFileSync("/nowhere/at-all")
  } catch (error) {
    caught = error
  }
  expect(toFailure(caught, vi.fn())).toEqual({ code: "IO_ERROR", detail: "ENOENT, open, /nowhere/at-all" })
})

test.for([
  new TypeError("SECRET"),
  systemError("SQLITE_CONSTRAINT_UNIQUE"),
  systemError("ERR_INVALID_ARG_TYPE"),
  systemError("ENOSPCX"),
  "SECRET",
  undefined,
])("%s is a bug: it leaves as a reference, never as its text", (error) => {
  const reportBug = vi.fn()
  const failure = toFailure(error, reportBug)
  expect(failure).toEqual({ code: "INTERNAL", reference: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  expect(reportBug).toHaveBeenCalledExactlyOnceWith(failure.reference, error)
})

test("the exit statuses are those of the documented table, and one that only a window sees", () => {
  const byStatus = Object.entries(failures).map(([code, { exitStatus }]) => `${exitStatus} ${code}`)
  expect(byStatus).toEqual([
    "1 INTERNAL",
    "2 USAGE",
    "2 INVALID_INPUT",
    "3 WRONG_PASSPHRASE",
    "3 WRONG_SHARES",
    "3 VAULT_LOCKED",
    "4 NOT_FOUND",
    "4 ALREADY_EXISTS",
    "5 POLICY_DENIED",
    "5 STATE_DENIED",
    "5 APPROVAL_REQUIRED",
    "5 CONFIRMATION_REQUIRED",
    "6 TOKEN_ABSENT",
    "6 TOKEN_ERROR",
    "6 PIN_INCORRECT",
    "6 PIN_LOCKED",
    "7 INTEGRITY_FAILED",
    "7 VAULT_CORRUPT",
    "7 ROLLBACK_DETECTED",
    "7 UNSUPPORTED_VERSION",
    "8 VAULT_BUSY",
    "8 CANCELLED",
    "8 DISK_FULL",
    "8 IO_ERROR",
  ])
})
