import { pinIsNeeded } from "../../../preload/contract/failure.ts"
import type { TokenCheck } from "../../../preload/contract/token-health.ts"
import type { Token } from "../../../preload/contract/token-object.ts"
import type { Key } from "../../domain/key.ts"
import { versionOf } from "../../domain/key-state.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { tryTokenKey } from "../key/try-token-key.ts"
import type { KeyWork } from "../key-use/token-use.ts"

/** With a card, each takes a second. */
const mostKeys = 32

export interface SelfTest {
  readonly check: TokenCheck
  readonly triedKeys: string[]
}

interface Test {
  readonly token: Token
  /** The vault's keys that are in it. */
  readonly keys: readonly Key[]
  readonly isLoggedIn: boolean
  /** Whether a person is there, who can be asked for the PIN. */
  readonly wantsPin: boolean
}

/**
 * Has keys of the vault do their job in the token. A PIN that was not given is not asked for by this, nor by the token's reader,
 * unless a person is there.
 * @throws `PIN_INCORRECT`, `PIN_LOCKED`: then no other key is tried
 */
export async function selfTest(work: KeyWork, { token, keys, isLoggedIn, wantsPin }: Test): Promise<SelfTest> {
  const chosen = chosenKeys(keys)
  if (chosen.length === 0) return skipped("no active key of this vault is in it")
  const isAskedByReader = wantsPin && token.hasPinPad
  if (work.pin === null && !isLoggedIn && !isAskedByReader) {
    if (wantsPin && token.userPin !== "locked") throw new VaultError("PIN_INCORRECT", pinIsNeeded)
    return skipped("its keys are not tried without its PIN")
  }
  const results = await triedInTurn(work, chosen)
  const wrong = results.flatMap(({ problem }) => problem ?? [])
  const tried = results.flatMap(({ name, isTried }) => (isTried ? [name] : []))
  if (wrong.length > 0)
    return { check: { check: "self-test", outcome: "failed", says: wrong.join("; ") }, triedKeys: tried }
  if (tried.length === 0) return skipped("its keys ask for the PIN at each use")
  return { check: { check: "self-test", outcome: "ok", says: `its keys work: ${tried.join(", ")}` }, triedKeys: tried }
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
}

async function triedInTurn(work: KeyWork, keys: readonly Key[]): Promise<Tried[]> {
  const results: Tried[] = []
  for (const key of keys) results.push(await tried(work, key))
  return results
}

async function tried(work: KeyWork, key: Key): Promise<Tried> {
  const { name } = key
  const { location, publicKey } = versionOf(key, key.currentVersion)
  try {
    await tryTokenKey(work, key, { uri: location, publicKey })
    return { name, isTried: true, problem: null }
  } catch (error) {
    if (!(error instanceof VaultError) || error.code === "PIN_LOCKED" || error.code === "VAULT_LOCKED") throw error
    if (error.code !== "PIN_INCORRECT") return { name, isTried: true, problem: `${name}: ${problemOf(error)}` }
    if (error.detail === pinIsNeeded) return { name, isTried: false, problem: null }
    throw error
  }
}

function problemOf({ code, detail }: VaultError): string {
  return detail ?? code
}
