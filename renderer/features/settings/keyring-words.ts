import type { Keyring } from "../../../preload/contract/keyring.ts"
import type { Token } from "../../../preload/contract/token-object.ts"
import { isThere } from "../../api/token-uris.ts"
import { count } from "../key-actions/counted.ts"

/** For example "3 keys". */
export function contentOf({ purpose, keys }: Pick<Keyring, "purpose" | "keys">): string {
  return count(keys, purpose === "wallet" ? "seed" : "key")
}

/** Whether the token of a URI is there, by word and shape; empty while that is not known. */
export function presenceOf(uri: string, tokens: readonly Token[] | undefined): string {
  if (tokens === undefined) return ""
  return isThere(uri, tokens) ? "● there" : "○ not there"
}
