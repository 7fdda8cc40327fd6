import { Secret } from "../domain/secret.ts"
import type { Credential } from "../store/unlock-header.ts"

type Given = { readonly passphrase: Uint8Array<ArrayBuffer> } | { readonly shares: readonly Uint8Array<ArrayBuffer>[] }

/** Takes over what was given. */
export function credentialOf(given: Given): Credential {
  return "passphrase" in given
    ? { kind: "passphrase", passphrase: new Secret(given.passphrase) }
    : { kind: "shares", shares: given.shares }
}

export function disposeCredential(credential: Credential): void {
  if (credential.kind === "passphrase") credential.passphrase[Symbol.dispose]()
  else for (const share of credential.shares) share.fill(0)
}
