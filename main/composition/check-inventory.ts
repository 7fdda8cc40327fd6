import { randomUUID } from "node:crypto"
import { setImmediate, setTimeout } from "node:timers/promises"
import type { ReportBug } from "../operations/to-failure.ts"
import { editedKeys } from "../store/edited-keys.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { readVaultState } from "../store/vault-state.ts"

/** Keys that were found not to be as the log left them. */
export interface EditedKeys {
  readonly keys: number
  /** The first of them. */
  readonly ids: readonly string[]
  readonly names: readonly string[]
}

export type TellEditedKeys = (edited: EditedKeys) => void

export interface InventoryPace {
  /** A vault of no more keys than this is checked before it counts as unlocked, a larger one while it is open. */
  readonly atOnce: number
  /** What comes before each turn then. Ends with an error when the signal does. */
  readonly rest: (signal: AbortSignal) => Promise<unknown>
}

interface CheckParts {
  /** Told, once, when something was found. */
  readonly tell: TellEditedKeys
  readonly reportBug: ReportBug
  readonly pace?: InventoryPace | undefined
}

/** So many take about 30 ms in a program that has just started, and an unlock has 60 beside the derivation. For a larger vault no command is kept from ending. */
const usualPace: InventoryPace = {
  atOnce: 200,
  rest: (signal) => setTimeout(12, undefined, { ref: false, signal }),
}

const mostNames = 5

/**
 * Compares every key of a vault that is being opened with the log. What was edited past it is logged and told, and keeps
 * nobody out. A check that goes on ends when the vault is closed.
 */
export async function checkInventory(vault: StoredVault, { pace = usualPace, ...parts }: CheckParts): Promise<void> {
  if (readVaultState(vault.db).keys <= pace.atOnce) await check(vault, () => setImmediate(), parts)
  else void check(vault, () => pace.rest(vault.closing), parts)
}

async function check(
  vault: StoredVault,
  rest: () => Promise<unknown>,
  { tell, reportBug }: Pick<CheckParts, "tell" | "reportBug">,
): Promise<void> {
  try {
    const edited = await foundIn(vault, rest)
    if (edited.keys === 0) return
    await vault.soleUse.beside(async () => log(vault, edited))
    tell(edited)
  } catch (error) {
    if (!vault.isClosed) reportBug(randomUUID(), error)
  }
}

async function foundIn(vault: StoredVault, rest: () => Promise<unknown>): Promise<EditedKeys> {
  let keys = 0
  const first: { readonly id: string; readonly name: string }[] = []
  const turns = editedKeys(vault)
  for (;;) {
    await rest()
    const turn = await vault.soleUse.beside(async () => turns.next())
    if (turn.done === true) break
    keys += turn.value.length
    first.push(...turn.value.slice(0, mostNames - first.length))
  }
  return { keys, ids: first.map(({ id }) => id), names: first.map(({ name }) => name) }
}

/** A row about a key says what it left of it. This one is about none, lest the edit be what the log says. */
function log(vault: StoredVault, { keys, ids, names }: EditedKeys): void {
  const detail = { keys, ids, names }
  try {
    vault.journal.record(() => ({
      entry: { action: "inventory.edited", target: null, outcome: "failed", detail },
      result: undefined,
    }))
  } catch {
    // It is told all the same.
  }
}
