import { isDeepStrictEqual } from "node:util"
import type { UnusualThresholds } from "../../preload/contract/policy-file.ts"
import { strictestThresholds, type UnusualUse } from "../domain/unusual-use.ts"
import type { WatchThresholds } from "../domain/use-watch.ts"
import { noteOf } from "../store/log-summary.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { policyOrStrict } from "../use-cases/policy/policy-for.ts"

/** More are noted when somebody looks again: whoever looks must not wait for hundreds of rows. */
const mostAtOnce = 20

/** A key goes by its keyring's policy; what is about the vault, or a key that is gone, by the strictest of all. */
export function watchThresholds(vault: StoredVault): WatchThresholds {
  const policies = new Map(
    vault.keyrings.list().map((keyring) => [keyring.id, policyOrStrict(vault, keyring).unusual] as const),
  )
  const ofVault = strictestThresholds([...policies.values()])
  // Nearly always all keyrings have the same, and then nobody need ask for the keyring of every key.
  if ([...policies.values()].every((one) => isDeepStrictEqual(one, ofVault))) return { ofVault, ofKey: () => ofVault }
  const ofKey = (keyId: string): UnusualThresholds => {
    const keyringId = vault.keys.keyringOf(keyId)
    return (keyringId === null ? undefined : policies.get(keyringId)) ?? ofVault
  }
  return { ofVault, ofKey }
}

/** What was found is in the log once, beside what it was found in: that somebody could have known of it. */
export function noteUnusual(vault: StoredVault, found: readonly UnusualUse[], noted: ReadonlySet<string>): void {
  // In a group they would be undone with what came before.
  if (vault.journal.isGrouping()) return
  const news = found.filter((one) => !noted.has(noteOf(one))).slice(0, mostAtOnce)
  if (news.length === 0) return
  vault.journal.begin()
  try {
    for (const one of news) writeNote(vault, one)
    vault.journal.commit()
  } catch (error) {
    if (vault.journal.isGrouping()) vault.journal.rollback()
    throw error
  }
}

function writeNote(vault: StoredVault, one: UnusualUse): void {
  const { kind, keyId, from, to, rows, reason } = one
  const key = keyId === null ? null : vault.keys.findById(keyId)
  const times = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  vault.journal.record(() => ({
    entry: {
      action: "audit.unusual",
      target: key?.name ?? null,
      ...(key === null ? {} : { usedKeyId: key.id }),
      detail: { kind, ...times, rows, reason, note: noteOf(one) },
    },
    result: undefined,
  }))
}
