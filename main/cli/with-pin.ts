import { pinIsNeeded } from "../../preload/contract/failure.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { Context } from "./context.ts"
import type { PassphraseSource } from "./secret-input.ts"

export interface PinOptions {
  readonly pinFile?: string | undefined
  readonly pinFd?: number | undefined
}

/**
 * Asks with the PIN that was given; else without one, and only when the token asks for it a person is asked.
 * @param act - may be called twice, the first time without a PIN; with what is wiped when it is used
 */
export async function withPin<Result>(
  context: Pick<Context, "pin">,
  { pinFile, pinFd }: PinOptions,
  act: (pin: { readonly pin?: Uint8Array<ArrayBuffer> }) => Promise<Result>,
): Promise<Result> {
  const source: PassphraseSource = { file: pinFile, fd: pinFd }
  const given = await context.pin(source, "pin", { isAsked: false })
  if (given !== null) return await actWith(given, act)
  try {
    return await act({})
  } catch (error) {
    if (
      !(error instanceof VaultError && error.code === "PIN_INCORRECT" && error.detail?.startsWith(pinIsNeeded) === true)
    )
      throw error
    const asked = await context.pin(source, "pin", { isAsked: true })
    if (asked === null) throw new VaultError("PIN_INCORRECT", `${pinIsNeeded}: --pin-file, --pin-fd or a terminal`)
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
