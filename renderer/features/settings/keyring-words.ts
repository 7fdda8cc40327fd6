import type { Keyring } from "../../../preload/contract/keyring.ts"
import { count } from "../key-actions/counted.ts"

/** For example "3 keys". */
export function contentOf({ purpose, keys }: Pick<Keyring, "purpose" | "keys">): string {
  return count(keys, purpose === "wallet" ? "seed" : "key")
}
