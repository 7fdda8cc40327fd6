import type { InputOf } from "../../../preload/contract/index.ts"
import type { RotationObject, RotationState } from "../../../preload/contract/rotation.ts"
import type { Key } from "../../domain/key.ts"
import { tokenUriOf } from "../../domain/key-location.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { FollowWork } from "../../domain/long-work.ts"
import { Secret } from "../../domain/secret.ts"
import { findKey } from "../key/find-key.ts"
import { timeOf } from "../key/key-object.ts"
import { type NewMaterial, newVersion } from "../key/new-version.ts"
import { recordChange } from "../key/record-change.ts"
import { generatedMaterial, newestVersion, requireActive, requireMayTurn, tokenRequest } from "../key/rotate-key.ts"
import { generateInToken } from "../key/token-material.ts"
import { placeOf } from "../key-use/log-use.ts"
import type { TokenUseParts } from "../key-use/token-use.ts"
import { rotationDetail } from "./record-step.ts"
import { rotationObject } from "./rotation-object.ts"

type Wish = Pick<InputOf<"rotation.start">, "reason" | "grace">

/**
 * Begins a rotation by steps: a new version is made, which does no work yet.
 * @throws `NOT_FOUND`, `STATE_DENIED`, `POLICY_DENIED`, `INVALID_INPUT` where it can't be made here
 */
export function startRotation(parts: TokenUseParts, follow: FollowWork) {
  const { session, crypto } = parts
  return async ({ name, pin, ...wish }: InputOf<"rotation.start">): Promise<RotationObject> => {
    using secretPin = pin === undefined ? null : new Secret(pin)
    const vault = session.current()
    const key = findKey(vault, name)
    requireMayTurn(vault, requireActive(key))
    const begin = (material: NewMaterial): RotationObject => addVersion(parts, key, wish, material)
    const place = tokenUriOf(versionOf(key, key.currentVersion))
    if (place !== null) {
      const request = tokenRequest(key, place, secretPin)
      return await follow("rotation.start", (work) => generateInToken(parts, request, begin, work))
    }
    using material = await generatedMaterial(crypto, key)
    using _ = await vault.materials.reach(key.keyringId, secretPin)
    return begin(material)
  }
}

function addVersion(
  { session, crypto }: TokenUseParts,
  { id }: Key,
  { reason, grace }: Wish,
  material: NewMaterial,
): RotationObject {
  const vault = session.current()
  const now = timeOf(vault)
  const before = findKey(vault, id)
  const number = newestVersion(before) + 1
  const rotation: RotationState = {
    keyId: id,
    fromVersion: before.currentVersion,
    toVersion: number,
    phase: "made",
    isPaused: false,
    startedAt: now,
    grace,
    graceEndsAt: null,
    wasDueAt: before.nextRotationAt,
  }
  const detail = rotationDetail(rotation, reason === undefined ? {} : { reason })
  const withVersion = (key: Key): Key => {
    requireMayTurn(vault, requireActive(key))
    const version = newVersion(crypto, key.algorithm, material, { number, state: "pre-active", now })
    return { ...key, versions: [...key.versions, version] }
  }
  recordChange(vault, { id, action: "rotation.start", detail }, withVersion, (after) => {
    if (material instanceof Secret) vault.materials.put(placeOf(after, number), material)
    vault.rotations.put(rotation)
  })
  return rotationObject(vault, rotation)
}
