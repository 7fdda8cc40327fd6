import pkcs11js, { type Handle, type PKCS11, type TokenInfo } from "pkcs11js"
import type { PinState, Token } from "../../preload/contract/token-object.ts"
import { pinBytes } from "../../preload/contract/values.ts"
import type { PinKind } from "../domain/token-port.ts"
import { formatTokenUri, meansTokenInSlot, type TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { callToken, LibrarySpent, returnValueOf } from "./token-failure.ts"
import { unpadded, versionText } from "./token-library.ts"
import { mechanismName } from "./token-mechanisms.ts"

const {
  CKF_LOGIN_REQUIRED,
  CKF_PROTECTED_AUTHENTICATION_PATH,
  CKF_SO_PIN_COUNT_LOW,
  CKF_SO_PIN_FINAL_TRY,
  CKF_SO_PIN_LOCKED,
  CKF_SO_PIN_TO_BE_CHANGED,
  CKF_TOKEN_INITIALIZED,
  CKF_USER_PIN_COUNT_LOW,
  CKF_USER_PIN_FINAL_TRY,
  CKF_USER_PIN_INITIALIZED,
  CKF_USER_PIN_LOCKED,
  CKF_USER_PIN_TO_BE_CHANGED,
  CKF_WRITE_PROTECTED,
} = pkcs11js

/** Of a slot; the library does not name it. */
const CKF_HW_SLOT = 0x04

/** CK_UNAVAILABLE_INFORMATION is the largest number there is: of 32 bits in some libraries, of 64 in others. */
const leastUnavailable = 0xffff_ffff
/** More slots than anybody has; a library that names more is not asked about them. */
const mostSlots = 256

/** More tokens than are plugged in at once; what a library has beyond them is not asked for its mechanisms. */
const mostAsked = 32

/** A token as its library has it, which does not know what the file of the library is called. */
export type UnlistedToken = Omit<Token, "module" | "factoryPins">

export interface TokenInSlot {
  readonly slot: Handle
  /** All but its mechanisms, which take longer to ask for. */
  readonly token: Omit<UnlistedToken, "mechanisms">
}

/** The tokens that are present. One that goes meanwhile, or does not answer, is none. */
export function presentTokens(pkcs11: PKCS11): TokenInSlot[] {
  return slotsOf(pkcs11, { isTokenPresent: true }).flatMap((slot) => {
    const found = tokenIn(pkcs11, slot)
    return found === null ? [] : [found]
  })
}

/** @throws `TOKEN_ERROR` also when there are more than anybody has */
export function slotsOf(pkcs11: PKCS11, { isTokenPresent }: { readonly isTokenPresent: boolean }): Handle[] {
  const slots = callToken(() => pkcs11.C_GetSlotList(isTokenPresent))
  if (slots.length > mostSlots) throw new VaultError("TOKEN_ERROR", `the library names ${slots.length} slots`)
  return slots
}

/**
 * The one token that a URI means.
 * @throws `TOKEN_ABSENT`; `INVALID_INPUT` when it means several
 */
export function tokenOf(pkcs11: PKCS11, uri: TokenUri): TokenInSlot {
  const present = presentTokens(pkcs11)
  const found = present.filter(({ token }) => meansTokenInSlot(uri, token))
  const [first] = found
  if (first === undefined) {
    // Some see for ever what there was when they started.
    const Absent = present.length === 0 ? LibrarySpent : VaultError
    throw new Absent("TOKEN_ABSENT", uri.token === undefined ? undefined : `token ${uri.token}`)
  }
  if (found.length > 1) throw new VaultError("INVALID_INPUT", "the URI means several tokens: add serial=, or slot-id=")
  return first
}

function slotNumber(slot: Handle): bigint {
  return slot.length === 8 ? slot.readBigUInt64LE() : BigInt(slot.readUInt32LE())
}

function tokenIn(pkcs11: PKCS11, slot: Handle): TokenInSlot | null {
  try {
    const { slotDescription, flags } = pkcs11.C_GetSlotInfo(slot)
    const info = pkcs11.C_GetTokenInfo(slot)
    const isHardware = (flags & CKF_HW_SLOT) !== 0
    const where = { slot: unpadded(slotDescription), slotId: Number(slotNumber(slot)) }
    return { slot, token: { ...claimsOf(info), ...where, isHardware } }
  } catch (error) {
    if (returnValueOf(error) === null) throw error
    return null
  }
}

export function describeToken(pkcs11: PKCS11, { slot, token }: TokenInSlot): UnlistedToken {
  const mechanisms = callToken(() => pkcs11.C_GetMechanismList(slot))
  return { ...token, mechanisms: namesOf(mechanisms) }
}

/** What the tokens that are there can do, taken together. One that does not answer adds nothing. */
export function mechanismsOf(pkcs11: PKCS11): string[] {
  const listed = slotsOf(pkcs11, { isTokenPresent: true })
    .slice(0, mostAsked)
    .flatMap((slot) => mechanismsIn(pkcs11, slot))
  return namesOf([...new Set(listed)])
}

function namesOf(mechanisms: readonly number[]): string[] {
  return mechanisms.map(mechanismName).sort()
}

function mechanismsIn(pkcs11: PKCS11, slot: Handle): readonly number[] {
  try {
    return pkcs11.C_GetMechanismList(slot)
  } catch (error) {
    if (returnValueOf(error) === null) throw error
    return []
  }
}

function claimsOf(info: TokenInfo): Omit<UnlistedToken, "slot" | "slotId" | "isHardware" | "mechanisms"> {
  const names = {
    token: unpadded(info.label),
    manufacturer: unpadded(info.manufacturerID),
    model: unpadded(info.model),
    serial: unpadded(info.serialNumber),
  }
  const has = (flag: number): boolean => (info.flags & flag) !== 0
  return {
    uri: formatTokenUri(names),
    label: names.token,
    manufacturer: names.manufacturer,
    model: names.model,
    serial: names.serial,
    hardwareVersion: versionText(info.hardwareVersion),
    firmwareVersion: versionText(info.firmwareVersion),
    isInitialised: has(CKF_TOKEN_INITIALIZED),
    isWriteProtected: has(CKF_WRITE_PROTECTED),
    hasPinPad: has(CKF_PROTECTED_AUTHENTICATION_PATH),
    userPin: has(CKF_USER_PIN_INITIALIZED)
      ? pinStateOf("user", info.flags)
      : has(CKF_LOGIN_REQUIRED) || !has(CKF_TOKEN_INITIALIZED)
        ? "unset"
        : "set",
    soPin: pinStateOf("so", info.flags),
    mustChangePin: has(CKF_USER_PIN_TO_BE_CHANGED) || has(CKF_SO_PIN_TO_BE_CHANGED),
    pinLength: pinLengthOf(info),
    freeMemory: info.freePrivateMemory >= leastUnavailable ? null : Number(info.freePrivateMemory),
  }
}

/** Some tell zeros, or a least that is more than the most: nobody is locked out by that. */
function pinLengthOf({ minPinLen, maxPinLen }: TokenInfo): UnlistedToken["pinLength"] {
  const [least, most] = [Number(minPinLen), Number(maxPinLen)]
  if (most === 0 || most < least || least > pinBytes.most) return pinBytes
  return { least, most: most >= leastUnavailable ? pinBytes.most : most }
}

const pinFlags = {
  user: { locked: CKF_USER_PIN_LOCKED, final: CKF_USER_PIN_FINAL_TRY, low: CKF_USER_PIN_COUNT_LOW },
  so: { locked: CKF_SO_PIN_LOCKED, final: CKF_SO_PIN_FINAL_TRY, low: CKF_SO_PIN_COUNT_LOW },
} as const

/** Of a PIN that is set. @param flags - of CK_TOKEN_INFO */
export function pinStateOf(kind: PinKind, flags: number): Exclude<PinState, "unset"> {
  const { locked, final, low } = pinFlags[kind]
  if ((flags & locked) !== 0) return "locked"
  if ((flags & final) !== 0) return "final-try"
  return (flags & low) !== 0 ? "count-low" : "set"
}
