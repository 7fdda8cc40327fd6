import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { TokenCheck, TokenHealth } from "../../../preload/contract/token-health.ts"
import type { Token } from "../../../preload/contract/token-object.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import { timestamp } from "../../domain/timestamp.ts"
import { absenceChecks, answerCheck, claimChecks, errorCheck, outcomeOf } from "../../domain/token-health.ts"
import type { TokenPort, TokenProbe } from "../../domain/token-port.ts"
import { isSameToken, parseTokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { type KeyWork, type TokenUseParts, workOf } from "../key-use/token-use.ts"
import { KnownTokens } from "./known-tokens.ts"
import { type OfTheVault, selfTest } from "./self-test.ts"

type Input = InputOf<"token.health">

/**
 * Looks whether tokens are well, and keeps what it finds: one token, or all that are there or hold keys of the vault. When nobody
 * asked, those that the vault knows.
 * @throws `TOKEN_ABSENT` for one that is not there and that the vault does not know; `PIN_INCORRECT`, `PIN_LOCKED`
 */
export function checkTokenHealth(parts: TokenUseParts) {
  return async (input: Input): Promise<OutputOf<"token.health">> => {
    using pin = input.pin === undefined ? null : new Secret(input.pin)
    const work = workOf(parts, pin)
    const known = new KnownTokens(work.vault)
    // Nobody waits for libraries where there is nothing to look for.
    if (input.cause !== "asked" && known.isNone) return { tokens: [] }
    const look = { work, port: await parts.tokens(), known, input }
    const { there, absent } = await (input.uri === undefined ? allTokens(look) : oneToken(look, input.uri))
    const reports: TokenHealth[] = []
    for (const token of there) reports.push(await checkPresent(look, token))
    for (const uri of absent.uris) reports.push(checkAbsent(look, uri, absent.others))
    for (const report of reports) keep(work.vault, report)
    return { tokens: reports }
  }
}

interface Look {
  readonly work: KeyWork
  readonly port: TokenPort
  readonly known: KnownTokens
  readonly input: Input
}

interface Found {
  readonly there: readonly Token[]
  readonly absent: { readonly uris: readonly string[]; readonly others: readonly Token[] }
}

async function allTokens({ port, known, input }: Look): Promise<Found> {
  const all = (await port.tokens()).filter(({ isInitialised }) => isInitialised)
  // Several libraries may show one token.
  const tokens = all.filter(({ uri }, at) => all.findIndex((other) => other.uri === uri) === at)
  const there = tokens.filter(({ uri }) => input.cause === "asked" || known.namesOf(uri).length > 0)
  const away = known.withKeysBut(tokens)
  // What was plugged in may be another one in the place of one that is known; the rest was not plugged in.
  const isReplaced = (uri: string): boolean => tokens.some(({ label }) => label === parseTokenUri(uri).token)
  const uris = input.cause === "plugged-in" ? away.filter(isReplaced) : away
  return { there, absent: { uris, others: tokens } }
}

async function oneToken({ port, known }: Look, text: string): Promise<Found> {
  const asked = parseTokenUri(text)
  try {
    return { there: [await port.find(asked)], absent: { uris: [], others: [] } }
  } catch (error) {
    if (!(error instanceof VaultError && error.code === "TOKEN_ABSENT")) throw error
    const meant = known.meantBy(asked)
    if (meant.length === 0) throw error
    const isBehindIt = ({ module }: Token): boolean => asked.modulePath === undefined || asked.modulePath === module
    const others = (await port.tokens()).filter(isBehindIt)
    const isThere = (uri: string): Token | undefined =>
      others.find((token) => isSameToken(parseTokenUri(token.uri), parseTokenUri(uri)))
    // It has another label by now.
    const there = new Set(meant.flatMap((uri) => isThere(uri) ?? []))
    return { there: [...there], absent: { uris: meant.filter((uri) => isThere(uri) === undefined), others } }
  }
}

async function checkPresent(look: Look, token: Token): Promise<TokenHealth> {
  const { known, port } = look
  const counts = port.takeCounts(token.uri)
  const claims = claimChecks(token, known.namesOf(token.uri), known.lastOf(token.uri))
  const { probe, check: answers } = await probed(port, token)
  const inside = {
    keys: known.keysIn(token.uri),
    older: known.olderVersionsIn(token.uri),
    keyrings: known.keyringsHeldBy(token.uri),
    keyslots: known.keyslotsOpenedBy(token.uri),
  }
  const { check, triedKeys } =
    probe === null ? { check: notTried, triedKeys: [] } : await tried(look, token, inside, probe)
  const checks = [...claims, answers, check, errorCheck(counts)].toSorted(byOrder)
  const { firmwareVersion, freeMemory } = token
  return { ...reportOf(look, token.uri, checks), firmwareVersion, freeMemory, ...counts, triedKeys }
}

const notTried: TokenCheck = { check: "self-test", outcome: "skipped", says: "it does not answer" }

function tried({ work, input }: Look, token: Token, inside: OfTheVault, { isLoggedIn }: TokenProbe) {
  return selfTest(work, { token, ...inside, isLoggedIn, wantsPin: input.wantsPin })
}

/** Behind the library that told of it: another one may show it too. */
async function probed(
  port: TokenPort,
  { uri, module }: Token,
): Promise<{ probe: TokenProbe | null; check: TokenCheck }> {
  try {
    const probe = await port.probe({ ...parseTokenUri(uri), modulePath: module })
    return { probe, check: answerCheck(probe) }
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return { probe: null, check: { check: "answers", outcome: "failed", says: error.detail ?? error.code } }
  }
}

function checkAbsent(look: Look, uri: string, others: readonly Token[]): TokenHealth {
  const counts = look.port.takeCounts(uri)
  const nothing = { firmwareVersion: null, freeMemory: null, triedKeys: [] }
  return { ...reportOf(look, uri, absenceChecks(uri, others)), ...nothing, ...counts }
}

function reportOf({ work, input }: Look, uri: string, checks: TokenCheck[]) {
  return { at: timestamp(work.vault.now()), uri, cause: input.cause, outcome: outcomeOf(checks), checks }
}

const order: readonly TokenCheck["check"][] = [
  "present",
  "identity",
  "answers",
  "self-test",
  "user-pin",
  "so-pin",
  "errors",
  "memory",
  "firmware",
]

function byOrder(one: TokenCheck, other: TokenCheck): number {
  return order.indexOf(one.check) - order.indexOf(other.check)
}

function keep(vault: OpenVault, report: TokenHealth): void {
  vault.journal.record(() => {
    vault.tokenHealth.add(report)
    const outcome = report.outcome === "failed" ? "failed" : "done"
    return { entry: { action: "token.health", target: report.uri, outcome, detail: { report } }, result: undefined }
  })
}
