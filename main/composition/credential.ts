import { Secret } from "../domain/secret.ts"
import { TokenAccess } from "../domain/token-access.ts"
import type { TokenPort } from "../domain/token-port.ts"
import { parseTokenUri } from "../domain/token-uri.ts"
import type { Credential } from "../store/unlock-header.ts"

type GivenBytes = Uint8Array<ArrayBuffer>

interface GivenToken {
  readonly uri?: string | undefined
  readonly pin?: GivenBytes | undefined
  readonly passphrase?: GivenBytes | undefined
}

type Given =
  | { readonly passphrase: GivenBytes }
  | { readonly shares: readonly GivenBytes[] }
  | { readonly token: GivenToken }

/** Takes over what was given. */
export function credentialOf(given: Given, tokens: () => Promise<TokenPort>): Credential {
  if ("passphrase" in given) return { kind: "passphrase", passphrase: new Secret(given.passphrase) }
  if ("shares" in given) return { kind: "shares", shares: given.shares }
  const { uri: text, pin, passphrase } = given.token
  // Before anything is taken over: what is no URI throws.
  const uri = text === undefined ? null : parseTokenUri(text)
  return {
    kind: "token",
    access: new TokenAccess(tokens, pin === undefined ? null : new Secret(pin)),
    passphrase: passphrase === undefined ? null : new Secret(passphrase),
    uri,
  }
}

export function disposeCredential(credential: Credential): void {
  if (credential.kind === "shares") for (const share of credential.shares) share.fill(0)
  else credential.passphrase?.[Symbol.dispose]()
  if (credential.kind === "token") credential.access[Symbol.dispose]()
}
