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

/** Rotations that go on, those that began first before the others. @throws `NOT_FOUND` when one of the keys is not there */
export function listRotations(session: Session<OpenVault>) {
  return ({ keys }: InputOf<"rotation.list">): OutputOf<"rotation.list"> => {
    const vault = session.current()
    const found = keys === undefined ? vault.rotations.list() : ofKeys(vault, keys)
    return { rotations: found.map((rotation) => rotationObject(vault, rotation)) }
  }
}

/** What is given by its id is not read as a key: each costs a look into the log. */
function ofKeys(vault: OpenVault, keys: readonly string[]): readonly RotationState[] {
  const ids = keys.map((key) => (vault.keys.standing(key) === null ? findKey(vault, key).id : key))
  const rotating = vault.rotations.keyIds()
  const wanted = [...new Set(ids)].filter((id) => rotating.has(id))
  return wanted.flatMap((id) => vault.rotations.find(id) ?? []).toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
}

/** As the register orders them. */
function place({ startedAt, keyId }: RotationState): string {
  return `${startedAt} ${keyId}`
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
