import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { findKey } from "./find-key.ts"
import { type Change, recordChange } from "./record-change.ts"

/**
 * Changes a key, once it is in the state that its dates put it in: `recordChange`, for what a person asks for.
 * @throws `NOT_FOUND`
 */
export function changeKey(
  vault: OpenVault,
  change: Change & { readonly name: string },
  next: (key: Key) => Key,
  alongside?: (after: Key, before: Key) => void,
): KeyObject {
  findKey(vault, change.name)
  return recordChange(vault, change, next, alongside)
}
