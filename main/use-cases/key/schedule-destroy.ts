import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { Key } from "../../domain/key.ts"
import { tokenUriOf } from "../../domain/key-location.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import {
  hasReallyWaited,
  requireWait,
  usualWait,
  withoutWaiting,
  withWaiting,
} from "../../domain/waiting-destruction.ts"
import type { UseParts } from "../key-use/log-use.ts"
import { backupsHolding } from "./backups-holding.ts"
import { changeKey } from "./change-key.ts"
import { vaultMethod } from "./destroy-in-tokens.ts"
import { doomedVersions } from "./doomed-versions.ts"
import { eraseVersions } from "./erase-versions.ts"
import { findKey } from "./find-key.ts"
import { genuine } from "./genuine-keys.ts"
import { timeOf } from "./key-object.ts"
import { requireNotNeeded } from "./needed-keys.ts"

/**
 * Lets a key, or one old version, wait for its destruction: nothing can be done with it from now on, and until then it can
 * be taken back.
 * @throws `INVALID_INPUT`, `NOT_FOUND`, `STATE_DENIED`, `POLICY_DENIED` while something needs it, `APPROVAL_REQUIRED` where that is overridden
 */
export function scheduleDestroy({ session, crypto }: UseParts) {
  return ({
    name,
    version,
    after = usualWait,
    reason,
    override,
  }: InputOf<"key.schedule-destroy">): OutputOf<"key.schedule-destroy"> => {
    requireWait(after)
    const vault = session.current()
    const key = findKey(vault, name)
    const doomed = doomedVersions(key, version, "pending-destruction")
    requireNotNeeded(vault, crypto, { key, versions: doomed, isWhole: version === undefined }, override)
    const numbers = doomed
      .filter(({ state }) => version !== undefined || state !== "pending-destruction")
      .map((each) => each.version)
    if (numbers.length === 0) throw new VaultError("STATE_DENIED", `${key.name} is pending-destruction already`)
    const detail = { reason, after, versions: numbers }
    const change = { name: key.name, action: "key.schedule-destroy", detail }
    const waiting = changeKey(vault, change, (each) => withWaiting(each, numbers, { after, reason }, timeOf(vault)))
    const destroysAt = waiting.versions.find((each) => numbers.includes(each.version))?.destroysAt ?? ""
    const backups = backupsHolding(vault, key, version ?? null).map(({ path, createdAt }) => ({ path, createdAt }))
    return { pending: { keyId: key.id, name: key.name, versions: numbers, destroysAt, reason, backups } }
  }
}

/** Takes a waiting destruction back; what was at work rests until it is resumed. @throws `NOT_FOUND`, `STATE_DENIED` */
export function cancelDestroy(session: Session<OpenVault>) {
  return ({ name, reason }: InputOf<"key.cancel-destroy">): KeyObject => {
    const detail = reason === undefined ? {} : { reason }
    return changeKey(session.current(), { name, action: "key.cancel-destroy", detail }, withoutWaiting)
  }
}

/**
 * Destroys what has waited long enough, where it is in the vault and the log shows that the time has really gone by. Everything else waits for a person, who is told so by a finding. NIST SP 800-57 part 1 rev. 5, 8.3.4.
 */
export function destroyWhatHasWaited(vault: OpenVault): void {
  const now = timeOf(vault)
  for (const key of genuine(() => vault.keys.dueForDestruction(now))) destroyIfWaited(vault, key, now)
}

function destroyIfWaited(vault: OpenVault, key: Key, at: string): void {
  const versions = key.versions.filter(
    ({ pending }) =>
      pending !== null &&
      pending.destroysAt <= at &&
      hasReallyWaited(pending, vault.journal.longestPauseSince(pending.since)),
  )
  const [first] = versions
  if (first?.pending == null || versions.some((version) => tokenUriOf(version) !== null)) return
  const isWhole = versions.some(({ version }) => version === key.currentVersion)
  const numbers = versions.map(({ version }) => version)
  const detail = { reason: first.pending.reason, versions: numbers, method: vaultMethod, waited: true }
  eraseVersions(vault, { id: key.id, action: "key.destroy", detail }, { versions, isWhole, at })
}
