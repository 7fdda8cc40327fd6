import type { Secret } from "../../domain/secret.ts"
import { pinIsNeeded } from "../../domain/token-port.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { Context } from "../context.ts"
import { descriptor } from "../descriptor.ts"
import { path, text } from "../field.ts"
import type { PassphraseSource } from "../secret-input.ts"

/** Where a key is made, when that is not the vault. */
export const tokenField = { token: text("URI", "in this token, as `token list` shows it (pkcs11:…)") }

/** The PIN of the token that a key is in. */
export const pinFields = {
  pinFile: path("FILE", "the PIN of the token: the first line of FILE"),
  pinFd: descriptor("N", "the PIN of the token: one line read from file descriptor N"),
}

/** @throws `USAGE`: a token is never quietly replaced by software */
export function refuseToken({ token }: { readonly token: string | undefined }): void {
  if (token !== undefined) throw new VaultError("USAGE", "a token is not supported here yet")
}

export interface PinOptions {
  readonly pinFile?: string | undefined
  readonly pinFd?: number | undefined
}

/**
 * Asks with the PIN that was given; else without one, and only when the token asks for it a person is asked.
 * @param act - may be called twice, the first time without a PIN; with what is wiped when it is used
 */
export async function withPin<Result>(
  context: Context,
  { pinFile, pinFd }: PinOptions,
  act: (pin: { readonly pin?: Uint8Array<ArrayBuffer> }) => Promise<Result>,
): Promise<Result> {
  const source: PassphraseSource = { file: pinFile, fd: pinFd }
  const given = await context.pin(source, "pin", { isAsked: false })
  if (given !== null) return await actWith(given, act)
  try {
    return await act({})
  } catch (error) {
    if (!(error instanceof VaultError && error.code === "PIN_INCORRECT" && error.detail === pinIsNeeded)) throw error
    const asked = await context.pin(source, "pin", { isAsked: true })
    if (asked === null) throw new VaultError("PIN_INCORRECT", "a PIN is needed: --pin-file, --pin-fd or a terminal")
    return await actWith(asked, act)
  }
}

async function actWith<Result>(
  pin: Secret,
  act: (pin: { readonly pin?: Uint8Array<ArrayBuffer> }) => Promise<Result>,
): Promise<Result> {
  using secret = pin
  return await act({ pin: secret.bytes })
}
