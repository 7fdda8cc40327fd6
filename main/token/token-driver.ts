import type { Handle, PKCS11 } from "pkcs11js"
import { Secret } from "../domain/secret.ts"
import { parseTokenUri, type TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { keyCallsOf } from "./driver-key-calls.ts"
import { requireLength, requireTriable } from "./pin-length.ts"
import { callToken } from "./token-failure.ts"
import type { TokenLibrary } from "./token-library.ts"
import { TokenLogins } from "./token-logins.ts"
import { describeObject, findObjects, ObjectReader, templateOf } from "./token-objects.ts"
import { probeToken } from "./token-probe.ts"
import type { Driver } from "./token-protocol.ts"
import { pinText, TokenSession } from "./token-session.ts"
import {
  describeToken,
  mechanismsOf,
  presentTokens,
  slotsOf,
  type TokenInSlot,
  tokenOf,
  type UnlistedToken,
} from "./token-slots.ts"

/** PKCS#11 2.40, CK_TOKEN_INFO; in bytes. */
const longestLabel = 32

interface Parts {
  readonly library: TokenLibrary
  readonly logins: TokenLogins
}

/** Does what main asks, in the one library of this process: one call after the other. */
export function tokenDriver(library: TokenLibrary): Driver {
  const parts = { library, logins: new TokenLogins(library.functions) }
  return { ...tokenCallsOf(parts), ...pinCallsOf(parts), ...keyCallsOf(library.functions, parts.logins) }
}

function tokenCallsOf({
  library,
  logins,
}: Parts): Pick<Driver, "describe" | "tokens" | "shown" | "probe" | "initialise" | "objects"> {
  const pkcs11 = library.functions
  return {
    describe() {
      const slots = slotsOf(pkcs11, { isTokenPresent: false }).length
      return { library: library.info(), slots, mechanisms: mechanismsOf(pkcs11) }
    },

    tokens: () => presentTokens(pkcs11).map((found) => describeToken(pkcs11, found)),

    shown: () => presentTokens(pkcs11).map(({ token }) => token.uri),

    probe: ({ uri }) => probeToken(pkcs11, logins, uri),

    initialise({ uri: text, label, soPin }) {
      const { slot, token } = tokenOf(pkcs11, parseTokenUri(text))
      logins.end(token.uri)
      using pin = Secret.copyOf(soPin)
      requireLength("soPin", pin, token, "so")
      const filledUp = filledUpLabel(label)
      callToken(() => pkcs11.C_InitToken(slot, pinText(pin), filledUp))
      return describeToken(pkcs11, initialisedToken(pkcs11, slot, label))
    },

    objects({ uri: text, pin }) {
      const uri = parseTokenUri(text)
      if (pin !== null) logins.asUser(uri, pin)
      const { session, found, end } = logins.asAnyone(uri)
      try {
        const token = parseTokenUri(found.token.uri)
        return findObjects(pkcs11, session.handle, templateOf(uri)).map((handle) =>
          describeObject(new ObjectReader(pkcs11, session.handle, handle), token),
        )
      } finally {
        end()
      }
    },
  }
}

function pinCallsOf({ library, logins }: Parts): Pick<Driver, "setUserPin" | "changePin"> {
  const pkcs11 = library.functions
  return {
    setUserPin({ uri: text, soPin, newPin }) {
      const { slot, token } = tokenOf(pkcs11, parseTokenUri(text))
      logins.end(token.uri)
      using session = TokenSession.open(pkcs11, slot)
      using so = Secret.copyOf(soPin)
      using pin = Secret.copyOf(newPin)
      requireTriable("soPin", so, token, "so")
      requireLength("newPin", pin, token, "user")
      session.login("so", so)
      callToken(() => pkcs11.C_InitPIN(session.handle, pinText(pin)))
      return tokenNamed(pkcs11, parseTokenUri(token.uri))
    },

    changePin({ uri: text, kind, pin: oldPin, newPin }) {
      const { slot, token } = tokenOf(pkcs11, parseTokenUri(text))
      logins.end(token.uri)
      using session = TokenSession.open(pkcs11, slot)
      using old = Secret.copyOf(oldPin)
      using pin = Secret.copyOf(newPin)
      requireTriable("pin", old, token, kind)
      requireLength("newPin", pin, token, kind)
      session.login(kind, old)
      callToken(() => pkcs11.C_SetPIN(session.handle, pinText(old), pinText(pin)))
      return tokenNamed(pkcs11, parseTokenUri(token.uri))
    },
  }
}

function tokenNamed(pkcs11: PKCS11, uri: TokenUri): UnlistedToken {
  return describeToken(pkcs11, tokenOf(pkcs11, uri))
}

/** Some libraries put it into another slot, and leave an empty one in its place; NSS keeps its own name for it. */
function initialisedToken(pkcs11: PKCS11, slot: Handle, label: string): TokenInSlot {
  const present = presentTokens(pkcs11)
  const inSlot = present.find((found) => found.slot.equals(slot))
  if (inSlot?.token.label === label) return inSlot
  const found = present.find(({ token }) => token.label === label) ?? inSlot
  if (found === undefined) throw new VaultError("TOKEN_ABSENT", `token ${label}`)
  return found
}

/** Libraries read all of its bytes, whatever lies behind a text that is shorter. */
function filledUpLabel(label: string): string {
  const missing = longestLabel - Buffer.byteLength(label)
  if (missing < 0) throw new VaultError("INVALID_INPUT", `label: has more than ${longestLabel} bytes`)
  return label + " ".repeat(missing)
}
