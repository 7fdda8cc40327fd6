import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { VaultError } from "../../main/domain/vault-error.ts"
import { systemFailure } from "../../main/operations/system-failure.ts"
import { receivedError, sentError } from "../../main/store/thread-error.ts"

/** As a thread's message is copied. */
function sent(error: unknown): Error {
  return receivedError(structuredClone(sentError(error)))
}

test("a failure that a person can act on comes through as it is", () => {
  const received = sent(new VaultError("INTEGRITY_FAILED", "a page"))
  expect(received).toBeInstanceOf(VaultError)
  expect(received).toMatchObject({ code: "INTEGRITY_FAILED", detail: "a page" })
})

test("what the system refused is known by its code and place", () => {
  let refused: unknown
  try {
    readFileSync("/no/such/file")
  } catch (error) {
    refused = error
  }
  expect(systemFailure(sent(refused))).toEqual({ code: "IO_ERROR", detail: "ENOENT, open, /no/such/file" })
})

test("a bug keeps its message", () => {
  expect(sent(new TypeError("x is not a function")).message).toBe("x is not a function")
})
