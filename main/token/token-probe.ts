import type { Handle, PKCS11 } from "pkcs11js"
import { parseTokenUri } from "../domain/token-uri.ts"
import { returnValueOf, toVaultError } from "./token-failure.ts"
import type { TokenLogins } from "./token-logins.ts"
import type { TokenCallOutput } from "./token-protocol.ts"

type Random = TokenCallOutput<"probe">["random"]

const size = 32
const withoutGenerator: readonly string[] = ["CKR_RANDOM_NO_RNG", "CKR_FUNCTION_NOT_SUPPORTED"]

/** Has a token do something that needs no login: many describe themselves, and open sessions, when they are long gone. */
export function probeToken(pkcs11: PKCS11, logins: TokenLogins, text: string): TokenCallOutput<"probe"> {
  const uri = parseTokenUri(text)
  const { session, end } = logins.asAnyone(uri)
  try {
    return { isLoggedIn: logins.isOpenFor(uri), random: randomOf(pkcs11, session.handle) }
  } finally {
    end()
  }
}

/** A generator that is broken shows by what never comes twice from one that is not. */
function randomOf(pkcs11: PKCS11, session: Handle): Random {
  const draw = (): Buffer => pkcs11.C_GenerateRandom(session, Buffer.alloc(size))
  try {
    const [one, other] = [draw(), draw()]
    return one.equals(other) || isOfOneByte(one) || isOfOneByte(other) ? "repeated" : "varied"
  } catch (error) {
    if (withoutGenerator.includes(returnValueOf(error) ?? "")) return "none"
    throw toVaultError(error)
  }
}

function isOfOneByte(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === bytes[0])
}
