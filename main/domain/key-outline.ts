import type { Algorithm, KeyState, Purpose } from "../../preload/contract/values.ts"
import type { Key } from "./key.ts"

/** A key as far as its row tells: for what looks at all of them. It is not compared with the log; `vault verify` does that. */
export type KeyOutline = Omit<Key, "usages" | "tags" | "versions" | "relations"> & {
  /** Of the current version. */
  readonly fingerprint: string | null
  /** When the current version was made. */
  readonly renewedAt: string
}

/** What a list of many says of each. It is not compared with the log either. */
export type KeyStanding = Pick<Key, "name" | "state" | "currentVersion">

/** Which keys to go through; all conditions hold at once. */
export interface OutlineFilter {
  readonly keyring?: string | undefined
  readonly states?: readonly KeyState[] | undefined
  readonly algorithms?: readonly Algorithm[] | undefined
  readonly purposes?: readonly Purpose[] | undefined
}
