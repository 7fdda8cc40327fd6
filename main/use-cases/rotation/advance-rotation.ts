import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { RotationState } from "../../../preload/contract/rotation.ts"
import { later } from "../../domain/cryptoperiod.ts"
import type { Key } from "../../domain/key.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { timeOf } from "../key/key-object.ts"
import { logSeal, logUse } from "../key-use/log-use.ts"
import { type KeyWork, type TokenUseParts, workOf } from "../key-use/token-use.ts"
import { requireApproved, requireMayRotate } from "../policy/require-policy.ts"
import { recordStep } from "./record-step.ts"
import { rotationObject, rotationOf } from "./rotation-object.ts"
import { tryVersion } from "./try-version.ts"

const action = "rotation.advance"

/**
 * Does the next step of a rotation: tries both versions; has the new one take over, while the old one still decrypts and verifies; retires the
 * old one, once its grace is over and no data key that the vault knows needs it.
 * @throws `NOT_FOUND`; `STATE_DENIED` when something stands before the step; `CONFIRMATION_REQUIRED` before the old version is retired;
 * `INTEGRITY_FAILED` when a version does not do its job
 */
export function advanceRotation(parts: TokenUseParts) {
  return async ({ name, pin, confirmed }: InputOf<"rotation.advance">): Promise<OutputOf<"rotation.advance">> => {
    using secretPin = pin === undefined ? null : new Secret(pin)
    const work = workOf(parts, secretPin)
    const { vault } = work
    const key = findKey(vault, name)
    const rotation = rotationOf(vault, key)
    const { next, waitsFor, bearsOn } = rotationObject(vault, rotation)
    const [first] = waitsFor
    if (first !== undefined) throw new VaultError("STATE_DENIED", waitsFor.join("; "))
    // What retires protects nothing new: rules about what may do so are none of its.
    if (next === "retire") requireApproved(vault, key, "rotate")
    else requireMayRotate(vault, key)
    if (next === "test") await tryBoth(work, key, rotation)
    else if (next === "switch") takeOver(vault, rotation)
    else retire(vault, key, rotation, { confirmed, bearsOn })
    const after = vault.rotations.find(key.id)
    return { done: next, rotation: after === null ? null : rotationObject(vault, after) }
  }
}

async function tryBoth(work: KeyWork, key: Key, rotation: RotationState): Promise<void> {
  const { vault } = work
  for (const version of [rotation.fromVersion, rotation.toVersion]) {
    const mechanism = await tryVersion(work, key, versionOf(key, version))
    if (mechanism === null) logUse(vault, key, "rotation.test", { version })
    else logSeal(vault, key, "rotation.test", { version, mechanism }, {})
  }
  recordStep(vault, { before: rotation, after: { ...rotation, phase: "tested" }, action })
}

function takeOver(vault: OpenVault, rotation: RotationState): void {
  const now = timeOf(vault)
  const after = { ...rotation, phase: "switched", graceEndsAt: later(now, rotation.grace) } as const
  recordStep(vault, { before: rotation, after, action }, (key) => ({
    ...key,
    currentVersion: rotation.toVersion,
    location: versionOf(key, rotation.toVersion).location,
    nextRotationAt: key.rotateEvery === null ? null : later(now, key.rotateEvery),
    versions: key.versions.map((version) =>
      version.version === rotation.toVersion ? { ...version, state: "active" } : version,
    ),
  }))
}

/** From now on it opens nothing more: nobody needs it, as far as the vault knows. */
function retire(
  vault: OpenVault,
  { name }: Key,
  rotation: RotationState,
  { confirmed, bearsOn }: { readonly confirmed: boolean; readonly bearsOn: readonly string[] },
): void {
  const old = `version ${rotation.fromVersion} of ${name}`
  if (!confirmed) {
    const others = bearsOn.length === 0 ? "" : `; ${name} wraps or protects ${bearsOn.join(", ")}`
    throw new VaultError("CONFIRMATION_REQUIRED", `${old} will open nothing more${others}`)
  }
  const decryptOnlyUntil = timeOf(vault)
  recordStep(vault, { before: rotation, after: null, action }, (key) => ({
    ...key,
    versions: key.versions.map((version) =>
      version.version === rotation.fromVersion && (version.state === "active" || version.state === "suspended")
        ? { ...version, state: "deactivated", decryptOnlyUntil }
        : version,
    ),
  }))
}
