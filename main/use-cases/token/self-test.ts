import { pinIsNeeded } from "../../../preload/contract/failure.ts"
import type { TokenCheck } from "../../../preload/contract/token-health.ts"
import type { Token } from "../../../preload/contract/token-object.ts"
import type { Key } from "../../domain/key.ts"
import { versionOf } from "../../domain/key-state.ts"
import { tokenKeyChanges } from "../../domain/token-findings.ts"
import { byId, parseTokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { tryTokenKey } from "../key/try-token-key.ts"
import type { KeyWork } from "../key-use/token-use.ts"
import type { Holder, OlderVersion } from "./known-tokens.ts"

/** With a card, each takes a second. */
const mostKeys = 32

export interface SelfTest {
  readonly check: TokenCheck
  readonly triedKeys: string[]
}

/** What of a vault is in a token: keys of its inventory, and such as hold its keyrings or open it. */
export interface OfTheVault {
  readonly keys: readonly Key[]
  readonly older: readonly OlderVersion[]
  readonly keyrings: readonly Holder[]
  readonly keyslots: readonly Holder[]
}

interface Test extends OfTheVault {
  readonly token: Token
  readonly isLoggedIn: boolean
  /** Whether a person is there, who can be asked for the PIN. */
  readonly wantsPin: boolean
}

/**
 * Has keys of the vault do their job in the token, and those that hold its keyrings or keyslots open them. A PIN that was not given is not asked for by this, nor by the token's reader,
 * unless a person is there.
 * @throws `PIN_INCORRECT`, `PIN_LOCKED`: then no other key is tried
 */
export async function selfTest(
  work: KeyWork,
  { token, keys, older, keyrings, keyslots, isLoggedIn, wantsPin }: Test,
): Promise<SelfTest> {
  const chosen = chosenKeys(keys)
  if (chosen.length + older.length + keyrings.length + keyslots.length === 0)
    return skipped("no active key of this vault is in it")
  const isAskedByReader = wantsPin && token.hasPinPad
  if (work.pin === null && !isLoggedIn && !isAskedByReader) {
    if (wantsPin && token.userPin !== "locked") throw new VaultError("PIN_INCORRECT", pinIsNeeded)
    return skipped("its keys are not tried without its PIN")
  }
  const results = await inTurn(chosen, (key) => triedKey(work, key))
  const there = await inTurn(older.slice(0, mostKeys), (each) => triedOlder(work, each))
  const opened = await inTurn(keyrings, (holder) => triedHolder(work, holder))
  const unlocked = await inTurn(keyslots, (opener) => triedOpener(work, opener))
  return toldOf(results, [
    { says: "its keys work", tried: results },
    { says: "older versions are there", tried: there },
    { says: "it opens the keyrings", tried: opened },
    { says: "it opens the keyslots", tried: unlocked },
  ])
}

interface Work {
  /** When it went well. */
  readonly says: string
  readonly tried: readonly Tried[]
}

function toldOf(keys: readonly Tried[], work: readonly Work[]): SelfTest {
  const all = work.flatMap(({ tried }) => tried)
  const triedKeys = namesOf(keys)
  const told = (outcome: "ok" | "warning" | "failed", says: readonly string[]): SelfTest => {
    return { check: { check: "self-test", outcome, says: says.join("; ") }, triedKeys }
  }
  const wrong = all.flatMap(({ problem }) => problem ?? [])
  if (wrong.length > 0) return told("failed", wrong)
  const warnings = all.flatMap((each) => each.warnings)
  if (warnings.length > 0) return told("warning", warnings)
  const done = work.flatMap(({ says, tried }) => {
    const names = namesOf(tried)
    return names.length === 0 ? [] : [`${says}: ${names.join(", ")}`]
  })
  return done.length === 0 ? skipped("its keys ask for the PIN at each use") : told("ok", done)
}

function namesOf(tried: readonly Tried[]): string[] {
  return tried.flatMap(({ name, isTried }) => (isTried ? [name] : []))
}

function skipped(says: string): SelfTest {
  return { check: { check: "self-test", outcome: "skipped", says }, triedKeys: [] }
}

/** Where there are too many, one of each kind before the others. */
function chosenKeys(keys: readonly Key[]): Key[] {
  const active = keys.filter(({ state }) => state === "active")
  const kindOf = ({ algorithm, purpose }: Key): string => `${algorithm} ${purpose}`
  const isFirst = (key: Key): boolean => active.find((other) => kindOf(other) === kindOf(key)) === key
  return [...active.filter(isFirst), ...active.filter((key) => !isFirst(key))].slice(0, mostKeys)
}

interface Tried {
  readonly name: string
  readonly isTried: boolean
  readonly problem: string | null
  readonly warnings: readonly string[]
}

async function inTurn<One>(all: readonly One[], act: (one: One) => Promise<Tried>): Promise<Tried[]> {
  const results: Tried[] = []
  for (const one of all) results.push(await act(one))
  return results
}

function triedKey(work: KeyWork, key: Key): Promise<Tried> {
  const { location, publicKey } = versionOf(key, key.currentVersion)
  return outcomeOf(key.name, async () => {
    await tryTokenKey(work, key, { uri: location, publicKey })
    return key.origin === "generated" ? await changesOf(work, key, location) : []
  })
}

/** Whether it is there: what it may still do depends on its state, and need not be done for this. */
function triedOlder({ tokens, pin }: KeyWork, { key, version }: OlderVersion): Promise<Tried> {
  return outcomeOf(`${key.name} (version ${version.version})`, async () => {
    const port = await tokens()
    try {
      await port.inspect(byId(parseTokenUri(version.location)), pin)
      return []
    } catch (error) {
      if (!(error instanceof VaultError && error.code === "NOT_FOUND")) throw error
      throw new VaultError("NOT_FOUND", "it is not in the token any more", { cause: error })
    }
  })
}

function triedHolder({ vault, pin }: KeyWork, { id, name, uri }: Holder): Promise<Tried> {
  return outcomeOf(name, async () => {
    using _ = await vault.materials.reach(id, pin, uri)
    return []
  })
}

function triedOpener({ vault, pin }: KeyWork, { id, name }: Holder): Promise<Tried> {
  const act = async () => {
    await vault.tokenSlots.try(id, pin)
    return []
  }
  return outcomeOf(name, act, `keyslot ${name}`)
}

/** What the token says of a key that it made as it should. What came from elsewhere has been told of when it was taken in. */
async function changesOf({ tokens }: KeyWork, { name, algorithm, purpose }: Key, location: string): Promise<string[]> {
  const report = await (await tokens()).inspect(byId(parseTokenUri(location)), null)
  return tokenKeyChanges(algorithm, purpose, report).map(({ message }) => `${name}: ${message}`)
}

/** @param told - what it is called where something is wrong with it */
async function outcomeOf(name: string, act: () => Promise<string[]>, told = name): Promise<Tried> {
  try {
    return { name, isTried: true, problem: null, warnings: await act() }
  } catch (error) {
    if (!(error instanceof VaultError) || error.code === "PIN_LOCKED" || error.code === "VAULT_LOCKED") throw error
    if (error.code !== "PIN_INCORRECT") return { name, isTried: true, problem: problemOf(told, error), warnings: [] }
    if (error.detail?.startsWith(pinIsNeeded) === true) return { name, isTried: false, problem: null, warnings: [] }
    throw error
  }
}

/** What went wrong with a keyring says which it was. */
function problemOf(name: string, { code, detail }: VaultError): string {
  return detail?.startsWith("keyring ") === true ? detail : `${name}: ${detail ?? code}`
}
