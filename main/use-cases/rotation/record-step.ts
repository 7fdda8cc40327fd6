import type { RotationState } from "../../../preload/contract/rotation.ts"
import type { Json } from "../../domain/audit-entry.ts"
import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { recordChange } from "../key/record-change.ts"

interface Step {
  readonly before: RotationState
  /** `null` when it is over. */
  readonly after: RotationState | null
  readonly action: string
  readonly detail?: { readonly [member: string]: Json }
}

/**
 * Moves a rotation on, and changes its key with it, in one transaction.
 * @throws `STATE_DENIED` when somebody else moved it meanwhile
 */
export function recordStep(
  vault: OpenVault,
  { before, after, action, detail = {} }: Step,
  next: (key: Key) => Key = (key) => key,
): void {
  const change = { id: before.keyId, action, detail: rotationDetail(after, detail) }
  recordChange(vault, change, next, (key) => {
    requireUnmoved(vault, before, key.name)
    if (after === null) vault.rotations.remove(before.keyId)
    else vault.rotations.put(after)
  })
}

/** What the log keeps of a rotation: all of it, to be compared with the vault. */
export function rotationDetail(
  rotation: RotationState | null,
  detail: { readonly [member: string]: Json },
): { readonly [member: string]: Json } {
  return { ...detail, rotation: rotation === null ? null : { ...rotation } }
}

function requireUnmoved(vault: OpenVault, { keyId, toVersion, phase, isPaused }: RotationState, name: string): void {
  const now = vault.rotations.find(keyId)
  if (now?.toVersion === toVersion && now.phase === phase && now.isPaused === isPaused) return
  throw new VaultError("STATE_DENIED", `the rotation of ${name} has moved on meanwhile`)
}
