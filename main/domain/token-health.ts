import type { TokenCheck, TokenHealth } from "../../preload/contract/token-health.ts"
import type { PinState, Token } from "../../preload/contract/token-object.ts"
import type { CallCounts, PinKind, TokenProbe } from "./token-port.ts"
import { parseTokenUri } from "./token-uri.ts"

/** Bytes: below it an RSA key may not find room. */
const littleMemory = 4096
/** So many, and so large a share of the calls, are no accident. */
const manyErrors = { atLeast: 3, share: 0.1 }

/** The worst of what was found; what could not be looked at does not count. */
export function outcomeOf(checks: readonly TokenCheck[]): TokenHealth["outcome"] {
  const isAny = (outcome: TokenCheck["outcome"]): boolean => checks.some((check) => check.outcome === outcome)
  return isAny("failed") ? "failed" : isAny("warning") ? "warning" : "ok"
}

/** What a token tells of itself, next to what it told before. */
export function claimChecks(token: Token, knownAs: readonly string[], before: TokenHealth | null): TokenCheck[] {
  return [
    { check: "present", outcome: "ok", says: `in ${token.slot}` },
    identityCheck(token, knownAs),
    firmwareCheck(token, before),
    pinCheck("user", token),
    pinCheck("so", token),
    memoryCheck(token),
  ]
}

/** Of a token that is not there. @param others - the tokens that are */
export function absenceChecks(uri: string, others: readonly Token[]): TokenCheck[] {
  const { token: label } = parseTokenUri(uri)
  const absent = { check: "present", outcome: "failed", says: "it is not there" } as const
  const namesake = others.find((other) => other.label === label)
  if (namesake === undefined) return [absent]
  const serial = namesake.serial === "" ? "none" : namesake.serial
  const says = `the token of that name that is there is another one: its serial number is ${serial}`
  return [absent, { check: "identity", outcome: "failed", says }]
}

/** @param knownAs - as the vault has it in earlier checks and in the places of keys: one token, under URIs that may differ by its label */
function identityCheck(token: Token, knownAs: readonly string[]): TokenCheck {
  const check = "identity" as const
  const other = knownAs.map((uri) => parseTokenUri(uri).token).find((label) => label !== token.label)
  if (other !== undefined) return { check, outcome: "failed", says: `its label was ${other}, and is ${token.label}` }
  const says = knownAs.length === 0 ? "it is known from now on" : "its serial number and label are what they were"
  return { check, outcome: "ok", says }
}

function firmwareCheck({ firmwareVersion }: Token, before: TokenHealth | null): TokenCheck {
  const check = "firmware" as const
  const last = before?.firmwareVersion ?? null
  if (last === null || last === firmwareVersion) return { check, outcome: "ok", says: firmwareVersion }
  return { check, outcome: "warning", says: `it was ${last}, and is ${firmwareVersion}` }
}

const pinFindings: Readonly<Record<PinState, Pick<TokenCheck, "outcome" | "says">>> = {
  unset: { outcome: "warning", says: "nobody has chosen one yet" },
  set: { outcome: "ok", says: "set, and not known to be short of tries" },
  "count-low": { outcome: "warning", says: "a wrong one was tried since the right one: fewer tries are left" },
  "final-try": { outcome: "failed", says: "one try is left before it is locked" },
  locked: { outcome: "failed", says: "it is locked" },
}

function pinCheck(kind: PinKind, token: Token): TokenCheck {
  const check = kind === "user" ? "user-pin" : "so-pin"
  const finding = pinFindings[kind === "user" ? token.userPin : token.soPin]
  if (finding.outcome !== "failed" && token.factoryPins.includes(kind))
    return { check, outcome: "warning", says: "it is one that such tokens come with, and everybody knows" }
  return { check, ...finding }
}

function memoryCheck({ freeMemory }: Token): TokenCheck {
  const check = "memory" as const
  if (freeMemory === null) return { check, outcome: "skipped", says: "it does not tell" }
  if (freeMemory < littleMemory) return { check, outcome: "warning", says: `only ${freeMemory} bytes are free` }
  return { check, outcome: "ok", says: `${Math.floor(freeMemory / 1024)} KiB are free` }
}

const randomFindings: Readonly<Record<TokenProbe["random"], Pick<TokenCheck, "outcome" | "says">>> = {
  varied: { outcome: "ok", says: "it makes random numbers" },
  repeated: { outcome: "failed", says: "its random numbers repeat" },
  none: { outcome: "ok", says: "it opens a session, and makes no random numbers" },
}

export function answerCheck({ random }: TokenProbe): TokenCheck {
  return { check: "answers", ...randomFindings[random] }
}

export function errorCheck({ calls, errors }: CallCounts): TokenCheck {
  const check = "errors" as const
  if (calls === 0) return { check, outcome: "skipped", says: "nothing was asked of it since the last check" }
  const says = `${errors} of ${calls} calls failed since the last check`
  const isMany = errors >= manyErrors.atLeast && errors >= calls * manyErrors.share
  return { check, outcome: isMany ? "failed" : errors > 0 ? "warning" : "ok", says }
}
