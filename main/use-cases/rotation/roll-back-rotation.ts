import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { RotationObject, RotationState } from "../../../preload/contract/rotation.ts"
import type { Key } from "../../domain/key.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { destroyInTokens } from "../key/destroy-in-tokens.ts"
import { eraseVersions, requireNoBackupUnderWay } from "../key/erase-versions.ts"
import { findKey } from "../key/find-key.ts"
import { timeOf } from "../key/key-object.ts"
import type { TokenUseParts } from "../key-use/token-use.ts"
import { requireApproved } from "../policy/require-policy.ts"
import { recordStep, rotationDetail } from "./record-step.ts"
import { rotationObject, rotationOf } from "./rotation-object.ts"

const action = "rotation.rollback"

/** Lets a rotation rest, or go on. @throws `NOT_FOUND`, `STATE_DENIED` when it does already */
export function holdRotation(session: Session<OpenVault>, isPaused: boolean) {
  return ({ name, reason }: InputOf<"rotation.pause" | "rotation.resume">): RotationObject => {
    const vault = session.current()
    const before = rotationOf(vault, findKey(vault, name))
    if (before.isPaused === isPaused)
      throw new VaultError(
        "STATE_DENIED",
        `the rotation of ${name} ${isPaused ? "is paused already" : "is not paused"}`,
      )
    const after = { ...before, isPaused }
    const detail = reason === undefined ? {} : { reason }
    recordStep(vault, { before, after, action: isPaused ? "rotation.pause" : "rotation.resume", detail })
    return rotationObject(vault, after)
  }
}

/**
 * Undoes a rotation that is not at its end: the old version does the work. A new version that has done none yet is destroyed;
 * one that has still decrypts and verifies.
 * @throws `NOT_FOUND`; `STATE_DENIED` when the old version is not there any more; `APPROVAL_REQUIRED`; as the token does
 */
export function rollBackRotation(parts: Pick<TokenUseParts, "session" | "tokens">) {
  return async ({ name, reason, pin }: InputOf<"rotation.rollback">): Promise<OutputOf<"rotation.rollback">> => {
    using secretPin = pin === undefined ? null : new Secret(pin)
    const vault = parts.session.current()
    const key = findKey(vault, name)
    const rotation = rotationOf(vault, key)
    const made = versionOf(key, rotation.toVersion)
    const isAtWork = rotation.phase === "switched" && key.currentVersion === made.version
    if (isAtWork) requireApproved(vault, key, "rotate")
    if (rotation.phase === "switched") giveBack(vault, key, rotation, reason)
    else if (made.state !== "pre-active")
      recordStep(vault, { before: rotation, after: null, action, detail: { reason } })
    else {
      requireApproved(vault, key, "destroy")
      requireNoBackupUnderWay(vault)
      const method = await destroyInTokens(parts, [made], secretPin)
      const detail = rotationDetail(null, { reason, versions: [made.version], method })
      const alongside = (): void => vault.rotations.remove(key.id)
      eraseVersions(
        vault,
        { id: key.id, action, detail },
        { versions: [made], isWhole: false, at: timeOf(vault), alongside },
      )
    }
    const { currentVersion } = findKey(vault, key.id)
    return { name: key.name, currentVersion, undone: rotation.phase }
  }
}

function giveBack(vault: OpenVault, key: Key, rotation: RotationState, reason: string): void {
  const { fromVersion, toVersion } = rotation
  const hasWork = key.currentVersion === toVersion
  const { state } = versionOf(key, fromVersion)
  // Where only the new version was found unfit, the old one is what is left to work with.
  const isSpared = state === "active" && (key.state === "compromised" || key.state === "suspended")
  const isThere = hasWork && (state === key.state || isSpared)
  // Of a key that is at its end, or has another version since, nothing is left to give back.
  if (hasWork && !isThere && key.state === "active") {
    throw new VaultError("STATE_DENIED", `version ${fromVersion} of ${key.name} is ${state}`)
  }
  recordStep(vault, { before: rotation, after: null, action, detail: { reason } }, (before) =>
    isThere && before.state !== "destroyed" ? withOldVersion(before, rotation) : before,
  )
  function withOldVersion(before: Key, { wasDueAt }: RotationState): Key {
    return {
      ...before,
      state: versionOf(before, fromVersion).state,
      currentVersion: fromVersion,
      location: versionOf(before, fromVersion).location,
      nextRotationAt: dueAgain(before, wasDueAt),
      versions: before.versions.map((version) =>
        version.version === toVersion && version.state === "active" ? { ...version, state: "deactivated" } : version,
      ),
    }
  }
}

/** Its schedule may be another one since. */
function dueAgain({ rotateEvery }: Key, wasDueAt: string | null): string | null {
  return rotateEvery === null ? null : wasDueAt
}
