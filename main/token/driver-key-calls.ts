import type { PKCS11 } from "pkcs11js"
import { parseTokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { TokenAbilities } from "./token-abilities.ts"
import { decryptInToken, encryptInToken, macInToken } from "./token-ciphers.ts"
import { destroyKey } from "./token-destruction.ts"
import { importKey } from "./token-import.ts"
import { inspectKey } from "./token-inspection.ts"
import { TokenKeyUses } from "./token-key-uses.ts"
import { generateKey } from "./token-keys.ts"
import type { TokenLogins } from "./token-logins.ts"
import type { Driver } from "./token-protocol.ts"
import { publicPoint } from "./token-public-key.ts"
import { signInToken } from "./token-signature.ts"
import { tokenOf } from "./token-slots.ts"
import { TransportKeys } from "./token-transport.ts"
import { agreeInToken, unwrapInToken, wrapInToken } from "./token-wrapping.ts"

type LifeCalls = Pick<Driver, "generate" | "destroy" | "inspect" | "transport" | "importKey">
type UseCalls = Pick<Driver, "sign" | "encrypt" | "decrypt" | "mac" | "wrap" | "unwrap" | "agree">

/** What is done with keys in tokens, and what they do. */
export function keyCallsOf(pkcs11: PKCS11, logins: TokenLogins): LifeCalls & UseCalls {
  const transport = new TransportKeys(pkcs11)
  return { ...lifeCallsOf(pkcs11, logins, transport), ...useCallsOf(pkcs11, logins, transport) }
}

function lifeCallsOf(pkcs11: PKCS11, logins: TokenLogins, transport: TransportKeys): LifeCalls {
  return {
    generate(input) {
      const uri = parseTokenUri(input.uri)
      // No PIN is tried for what it can't do.
      const { slot, token } = tokenOf(pkcs11, uri)
      if (token.isWriteProtected) throw new VaultError("TOKEN_ERROR", "it is write-protected")
      new TokenAbilities(pkcs11, slot).requireMakes(input.algorithm, input.purpose)
      const { session, found } = logins.asUser(uri, input.pin)
      return generateKey(pkcs11, session.handle, parseTokenUri(found.token.uri), input)
    },

    destroy({ uri: text, pin, publicKey }) {
      const uri = parseTokenUri(text)
      const { session } = logins.asUser(uri, pin)
      return { objects: destroyKey(pkcs11, session.handle, uri, publicKey) }
    },

    inspect({ uri: text, pin }) {
      const uri = parseTokenUri(text)
      const { session, found } = logins.asUser(uri, pin)
      return inspectKey(pkcs11, session.handle, parseTokenUri(found.token.uri), uri)
    },

    transport({ uri, pin }) {
      const { session } = logins.asUser(parseTokenUri(uri), pin)
      return transport.begin(session)
    },

    importKey(input) {
      const { session, found } = logins.asUser(parseTokenUri(input.uri), input.pin)
      return importKey(pkcs11, transport, session, parseTokenUri(found.token.uri), input)
    },
  }
}

function useCallsOf(pkcs11: PKCS11, logins: TokenLogins, transport: TransportKeys): UseCalls {
  const keys = new TokenKeyUses(pkcs11, logins)
  return {
    sign: ({ uri, pin, mechanism, message }) =>
      keys.with(uri, pin, (use) => signInToken(pkcs11, use, mechanism, message)),

    encrypt: ({ uri, pin, plaintext, aad }) =>
      keys.with(uri, pin, (use) => encryptInToken(pkcs11, use, plaintext, aad)),

    decrypt: ({ uri, pin, cipher, ciphertext }) =>
      keys.opening(uri, pin, (use) => decryptInToken(pkcs11, use, cipher, ciphertext)),

    mac: ({ uri, pin, algorithm, message }) =>
      keys.with(uri, pin, (use) => macInToken(pkcs11, use, algorithm, message)),

    wrap: ({ uri, pin, packed }) => keys.with(uri, pin, (use) => wrapInToken(pkcs11, transport, use, packed)),

    unwrap: ({ uri, pin, wrapping, wrapped }) =>
      keys.opening(uri, pin, (use) => unwrapInToken(pkcs11, use, wrapping, wrapped)),

    agree: ({ uri, pin, peer }) => keys.with(uri, pin, (use) => agreeInToken(pkcs11, use, publicPoint(peer))),
  }
}
