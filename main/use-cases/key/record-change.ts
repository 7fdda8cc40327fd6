import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { Json } from "../../domain/audit-entry.ts"
import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { keyNamed, keyWithId } from "./key-named.ts"
import { keyObject } from "./key-object.ts"

/** A key as a person names it, or by its id where the program means that very key. */
type Target = { readonly name: string } | { readonly id: string }

export type Change = Target & {
  readonly action: string
  readonly detail: { readonly [member: string]: Json }
}

/**
 * Changes a key and logs it, in one transaction. The key is read inside it, so that nothing that happened meanwhile is
 * lost.
 * @param next - the key as it is to be; whatever it throws undoes everything
 * @param alongside - what else belongs to the change, once the inventory holds it
 */
export function recordChange(
  vault: OpenVault,
  change: Change,
  next: (key: Key) => Key,
  alongside: (after: Key, before: Key) => void = () => undefined,
): KeyObject {
  return vault.journal.record(() => {
    const { action, detail } = change
    const before = "id" in change ? keyWithId(vault, change.id) : keyNamed(vault, change.name)
    const after = next(before)
    vault.keys.update(before, after)
    alongside(after, before)
    return {
      entry: { action, target: after.name, key: after, detail },
      result: keyObject(vault, after),
    }
  })
}
