import type { Secret } from "../domain/secret.ts"
import type { PinKind } from "../domain/token-port.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { TokenInSlot } from "./token-slots.ts"

type Told = Pick<TokenInSlot["token"], "pinLength" | "mustChangePin" | "userPin">

/** The longest PIN that SOs are known to have: a management key of 24 bytes, in hexadecimal. */
const longestSoPin = 48

/** Of a new PIN, before anything is sent. @throws `INVALID_INPUT` naming the field */
export function requireLength(field: string, pin: Secret, token: Told, kind: PinKind): void {
  requireBetween(field, pin, lengthOf(kind, token))
}

/**
 * Of a PIN that is to be tried: some tokens count one that can't be right as a wrong try. One that came with the token, and has to
 * be changed, may be shorter than those that people choose.
 * @throws `INVALID_INPUT` naming the field
 */
export function requireTriable(field: string, pin: Secret, token: Told, kind: PinKind): void {
  const { least, most } = lengthOf(kind, token)
  const isChosen = !token.mustChangePin && (kind === "so" || token.userPin !== "unset")
  requireBetween(field, pin, { least: isChosen ? least : 1, most })
}

/** What tokens tell is the user's, with some (OpenSC): an SO's PIN that is longer is no reason to lock the SO out. */
function lengthOf(kind: PinKind, { pinLength }: Told): Told["pinLength"] {
  if (kind === "user") return pinLength
  return { ...pinLength, most: Math.max(pinLength.most, longestSoPin) }
}

function requireBetween(field: string, { bytes }: Secret, { least, most }: Told["pinLength"]): void {
  if (bytes.length >= least && bytes.length <= most) return
  throw new VaultError("INVALID_INPUT", `${field}: this token takes PINs of ${least} to ${most} bytes`)
}
