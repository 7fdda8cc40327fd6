import pkcs11js from "pkcs11js"
import type { FailureCode } from "../../preload/contract/failure.ts"
import { VaultError } from "../domain/vault-error.ts"

const { Pkcs11Error } = pkcs11js

/** The PKCS#11 return values that a person can do something about (PKCS#11 2.40, section 5.1). */
const codes: Readonly<Record<string, FailureCode>> = {
  CKR_CURVE_NOT_SUPPORTED: "INVALID_INPUT",
  CKR_DOMAIN_PARAMS_INVALID: "INVALID_INPUT",
  CKR_MECHANISM_INVALID: "INVALID_INPUT",
  CKR_MECHANISM_PARAM_INVALID: "INVALID_INPUT",
  CKR_PIN_INCORRECT: "PIN_INCORRECT",
  CKR_PIN_LOCKED: "PIN_LOCKED",
  CKR_PIN_INVALID: "INVALID_INPUT",
  CKR_PIN_LEN_RANGE: "INVALID_INPUT",
  CKR_DEVICE_REMOVED: "TOKEN_ABSENT",
  CKR_TOKEN_NOT_PRESENT: "TOKEN_ABSENT",
  CKR_TOKEN_NOT_RECOGNIZED: "TOKEN_ABSENT",
  CKR_SLOT_ID_INVALID: "TOKEN_ABSENT",
}

/** After these a library is of no use until it is started anew: what it talked to is gone, or itself is broken. */
const breaking: readonly string[] = ["CKR_CRYPTOKI_NOT_INITIALIZED", "CKR_DEVICE_ERROR", "CKR_GENERAL_ERROR"]

/** The library will do nothing any more in this process; in a new one it may. */
export class LibrarySpent extends VaultError {}

/** Values that the library gives a wrong name, or none. */
const names: ReadonlyMap<number, string> = new Map([
  [0x1b, "CKR_ACTION_PROHIBITED"],
  [0x35, "CKR_AEAD_DECRYPT_FAILED"],
  [0x140, "CKR_CURVE_NOT_SUPPORTED"],
])

/** What the value means, where its name alone would not say it. */
const meanings: Readonly<Record<string, string>> = {
  CKR_ACTION_PROHIBITED: "it does not allow that",
  CKR_ATTRIBUTE_TYPE_INVALID: "it makes no key with these properties",
  CKR_ATTRIBUTE_VALUE_INVALID: "it has no such keys, or not for that",
  CKR_CURVE_NOT_SUPPORTED: "it has not that curve",
  CKR_DEVICE_ERROR: "its device, or the service that it works through, does not answer",
  CKR_DEVICE_MEMORY: "there is no more room in it",
  CKR_DOMAIN_PARAMS_INVALID: "it has not that curve",
  CKR_FUNCTION_FAILED: "it gives no reason",
  CKR_FUNCTION_NOT_SUPPORTED: "it can't do that, though it may say that it can",
  CKR_GENERAL_ERROR: "it gives no reason; often its device or service is missing",
  CKR_HOST_MEMORY: "it got no memory",
  CKR_KEY_FUNCTION_NOT_PERMITTED: "the key is not for that",
  CKR_KEY_TYPE_INCONSISTENT: "the key is not for that",
  CKR_MECHANISM_INVALID: "it can't do that",
  CKR_MECHANISM_PARAM_INVALID: "it can't do that in this way",
  CKR_PIN_EXPIRED: "its PIN is to be changed first: token change-pin",
  CKR_PIN_LEN_RANGE: "the PIN is too short or too long for it",
  CKR_PIN_INVALID: "the PIN has characters that it does not take",
  CKR_TEMPLATE_INCONSISTENT: "it makes no key with these properties",
  CKR_TOKEN_WRITE_PROTECTED: "it is write-protected",
  CKR_USER_TYPE_INVALID: "it has no such user",
  CKR_USER_NOT_LOGGED_IN: "it asks for a PIN",
  CKR_USER_PIN_NOT_INITIALIZED: "its user has no PIN yet: token init-pin",
  CKR_SESSION_HANDLE_INVALID: "it has forgotten the session, as a token that was pulled does",
  CKR_SESSION_EXISTS: "another session is open",
}

/**
 * What is said of a ciphertext that does not open. The standard has a value for each cause; many libraries have the general ones for
 * all of them.
 */
const contentRefusals = [
  "CKR_ENCRYPTED_DATA_INVALID",
  "CKR_ENCRYPTED_DATA_LEN_RANGE",
  "CKR_AEAD_DECRYPT_FAILED",
  "CKR_WRAPPED_KEY_INVALID",
  "CKR_WRAPPED_KEY_LEN_RANGE",
  "CKR_DATA_INVALID",
  "CKR_DATA_LEN_RANGE",
  "CKR_GENERAL_ERROR",
  "CKR_FUNCTION_FAILED",
]

/** A token does not open what it was given, or is gone. */
export class ContentRefused extends Error {
  readonly refusal: unknown

  constructor(refusal: unknown) {
    super("it does not open")
    this.refusal = refusal
  }
}

/** Runs a call into a library and turns its return value into one of our failures. */
export function callToken<Result>(call: () => Result): Result {
  try {
    return call()
  } catch (error) {
    throw toVaultError(error)
  }
}

/** As `callToken`, for the call that opens a ciphertext. @throws ContentRefused */
export function callContent<Result>(call: () => Result): Result {
  try {
    return call()
  } catch (error) {
    const isRefusal = contentRefusals.includes(returnValueOf(error) ?? "")
    throw isRefusal ? new ContentRefused(toVaultError(error)) : toVaultError(error)
  }
}

/** The name of a return value, such as `CKR_DEVICE_REMOVED`; `null` for an error that is none. */
export function returnValueOf(error: unknown): string | null {
  return error instanceof Pkcs11Error ? (names.get(error.code) ?? error.message) : null
}

/** What is no return value of a library stays as it is. */
export function toVaultError(error: unknown): unknown {
  const value = returnValueOf(error)
  if (value === null) return error
  const method = error instanceof Pkcs11Error && error.method !== "" ? `${error.method}: ` : ""
  const meaning = Object.hasOwn(meanings, value) ? ` (${meanings[value]})` : ""
  const Failure = breaking.includes(value) ? LibrarySpent : VaultError
  return new Failure(codes[value] ?? "TOKEN_ERROR", `${method}${value}${meaning}`)
}
