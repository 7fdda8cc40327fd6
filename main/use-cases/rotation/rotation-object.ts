import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { RotationObject, RotationPhase, RotationState } from "../../../preload/contract/rotation.ts"
import type { Key } from "../../domain/key.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { keyWithId } from "../key/key-named.ts"
import { timeOf } from "../key/key-object.ts"

const stepAfter = { made: "test", tested: "switch", switched: "retire" } as const satisfies Record<
  RotationPhase,
  string
>

/** Rotations that go on, those that began first before the others. */
export function listRotations(session: Session<OpenVault>) {
  return ({ keys }: InputOf<"rotation.list">): OutputOf<"rotation.list"> => {
    const vault = session.current()
    const all = vault.rotations.list()
    const found = keys === undefined ? all : ofKeys(vault, all, keys)
    return { rotations: found.map((rotation) => rotationObject(vault, rotation)) }
  }
}

/** Keys that don't rotate are not read, where they are given by their id: each costs a look into the log. */
function ofKeys(vault: OpenVault, all: readonly RotationState[], keys: readonly string[]): readonly RotationState[] {
  if (all.length === 0) return []
  const rotating = new Set(all.map(({ keyId }) => keyId))
  const wanted = new Set(keys.map((key) => (rotating.has(key) ? key : vault.keys.find(key)?.id)))
  return all.filter(({ keyId }) => wanted.has(keyId))
}

/** @throws `NOT_FOUND` */
export function showRotation(session: Session<OpenVault>) {
  return ({ name }: InputOf<"rotation.show">): RotationObject => {
    const vault = session.current()
    return rotationObject(vault, rotationOf(vault, findKey(vault, name)))
  }
}

/** @throws `NOT_FOUND` */
export function rotationOf(vault: OpenVault, { id, name }: Pick<Key, "id" | "name">): RotationState {
  const rotation = vault.rotations.find(id)
  if (rotation === null) throw new VaultError("NOT_FOUND", `a rotation by steps of ${name}`)
  return rotation
}

/** What may be told of a rotation, and what stands before its next step. */
export function rotationObject(vault: OpenVault, rotation: RotationState): RotationObject {
  const key = keyWithId(vault, rotation.keyId)
  const dataKeysLeft = vault.dataKeys.countUnder(key.id, rotation.toVersion)
  const bearsOn = key.relations.filter(({ kind }) => kind !== "depends-on").map(({ otherName }) => otherName)
  return {
    ...rotation,
    name: key.name,
    next: stepAfter[rotation.phase],
    waitsFor: obstacles(key, rotation, { dataKeysLeft, now: timeOf(vault) }),
    dataKeysLeft,
    bearsOn,
  }
}

function obstacles(
  key: Key,
  { phase, isPaused, fromVersion, toVersion, graceEndsAt }: RotationState,
  { dataKeysLeft, now }: { readonly dataKeysLeft: number; readonly now: string },
): string[] {
  const made = versionOf(key, toVersion)
  // One that somebody found unfit meanwhile must not take over: nothing comes back from that.
  const isUnfit = phase !== "switched" && made.state !== "pre-active"
  return [
    ...(isPaused ? ["it is paused"] : []),
    ...(key.state === "active" ? [] : [`${key.name} is ${key.state}`]),
    ...(key.currentVersion === (phase === "switched" ? toVersion : fromVersion)
      ? []
      : [`${key.name} has another version by now: the rotation can only be rolled back`]),
    ...(isUnfit ? [`version ${toVersion} is ${made.state}: the rotation can only be rolled back`] : []),
    ...(phase === "switched" && graceEndsAt !== null && graceEndsAt > now ? [`the grace ends at ${graceEndsAt}`] : []),
    ...(phase === "switched" && dataKeysLeft > 0
      ? [
          `${dataKeysLeft === 1 ? "a data key is" : `${dataKeysLeft} data keys are`} still wrapped under another version`,
        ]
      : []),
  ]
}
