import type { InputOf } from "../../../preload/contract/index.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { later } from "../../domain/cryptoperiod.ts"
import { requireTightening } from "../../domain/exportable.ts"
import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { usagesWithin } from "../../domain/purpose.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { requireMayBecome } from "../policy/require-policy.ts"
import { advanceKey } from "./advance-key-states.ts"
import { changeKey } from "./change-key.ts"
import { findKey } from "./find-key.ts"
import { inKeyring, moveMaterials } from "./key-in-keyring.ts"
import { keyWithId } from "./key-named.ts"
import { keyObject, timeOf } from "./key-object.ts"
import { keyringFor } from "./store-new-key.ts"
import { inOrder } from "./tags.ts"

type Wanted = InputOf<"key.set">

/** What can still be said of a key that is destroyed. */
const afterDestruction = ["rename", "owner", "environment", "tags"]

/** Changes what is said of a key, not what it is. @throws `NOT_FOUND`, `ALREADY_EXISTS`, `POLICY_DENIED`, `STATE_DENIED` */
export function setKey(session: Session<OpenVault>) {
  return async (wanted: Wanted): Promise<KeyObject> => {
    const { name, addTags, removeTags, confirmed: __, ...fields } = wanted
    const changed = Object.entries({ ...fields, tags: addTags.length + removeTags.length > 0 ? true : undefined })
      .filter(([, value]) => value !== undefined)
      .map(([field]) => field)
    if (changed.length === 0) throw new VaultError("INVALID_INPUT", "nothing to change was named")
    const vault = session.current()
    const now = timeOf(vault)
    const detail = { changed, ...(wanted.keyring === undefined ? {} : { keyring: wanted.keyring }) }
    const change = { name, action: "key.set", detail }
    const next = (key: Key): Key => {
      requireStillThere(key, changed)
      const after = inKeyring(vault, withSettings(key, wanted), wanted.keyring)
      requireSaneDates(key, after, wanted, now)
      requireMayBecome(vault, key, after)
      return after
    }
    using _ = await reachBoth(vault, wanted)
    const set = changeKey(vault, change, next, (after, before) => moveMaterials(vault, before, after))
    // What has ended with that is said to have ended.
    return advanceKey(vault, keyWithId(vault, set.id)) ? keyObject(vault, keyWithId(vault, set.id)) : set
  }
}

/** Of a key that moves, the keyring that it leaves and the one that it goes to. */
async function reachBoth(vault: OpenVault, { name, keyring }: Wanted): Promise<Disposable> {
  const reached = new DisposableStack()
  if (keyring === undefined) return reached
  try {
    const key = findKey(vault, name)
    for (const id of new Set([key.keyringId, keyringFor(vault, key.purpose, keyring).id]))
      reached.use(await vault.materials.reach(id, null))
    return reached
  } catch (error) {
    reached.dispose()
    throw error
  }
}

function requireStillThere({ name, state }: Key, changed: readonly string[]): void {
  if (state === "destroyed" && changed.some((field) => !afterDestruction.includes(field))) {
    throw new VaultError("STATE_DENIED", `${name} is destroyed: only its name, owner, environment and tags change`)
  }
}

function requireSaneDates({ state }: Key, { name, activatesAt, expiresAt }: Key, wanted: Wanted, now: string): void {
  if (wanted.expires === undefined || expiresAt === null) return
  if (activatesAt !== null && expiresAt <= activatesAt) {
    throw new VaultError("INVALID_INPUT", "expires: lies before the activation")
  }
  const isWorking = state === "active" || state === "suspended" || state === "pre-active"
  if (isWorking && expiresAt <= now && !wanted.confirmed) {
    throw new VaultError("CONFIRMATION_REQUIRED", `${name} would end now, for good: ${expiresAt} is past`)
  }
}

function withSettings(key: Key, wanted: Wanted): Key {
  if (wanted.exportable !== undefined) requireTightening(key.exportable, wanted.exportable)
  return {
    ...key,
    name: wanted.rename ?? key.name,
    owner: or(wanted.owner, key.owner),
    environment: or(wanted.environment, key.environment),
    tags: tagsAfter(key, wanted),
    exportable: wanted.exportable ?? key.exportable,
    usages: wanted.usages === undefined ? key.usages : usagesWithin(key.purpose, wanted.usages),
    expiresAt: or(wanted.expires, key.expiresAt),
    activatesAt: activationAfter(key, wanted),
    protectFor: or(wanted.protectFor, key.protectFor),
    ...scheduleAfter(key, wanted),
  }
}

/** `undefined` leaves a field as it is, `null` empties it. */
function or<Value>(wanted: Value | null | undefined, current: Value | null): Value | null {
  return wanted === undefined ? current : wanted
}

function tagsAfter(key: Key, { addTags, removeTags }: Wanted): readonly string[] {
  const tags = new Set([...key.tags, ...addTags])
  for (const tag of removeTags) tags.delete(tag)
  return inOrder(tags)
}

/** A key that has begun its work can't begin later. */
function activationAfter(key: Key, { notBefore }: Wanted): string | null {
  if (notBefore === undefined) return key.activatesAt
  if (key.state !== "pre-active")
    throw new VaultError("STATE_DENIED", `${key.name} is ${key.state}: its activation is past`)
  return notBefore
}

function scheduleAfter(key: Key, { rotateEvery }: Wanted): Pick<Key, "rotateEvery" | "nextRotationAt"> {
  if (rotateEvery === undefined) return { rotateEvery: key.rotateEvery, nextRotationAt: key.nextRotationAt }
  if (rotateEvery === null) return { rotateEvery: null, nextRotationAt: null }
  const since = key.versions.find(({ version }) => version === key.currentVersion)?.createdAt ?? key.createdAt
  return { rotateEvery, nextRotationAt: later(since, rotateEvery) }
}
