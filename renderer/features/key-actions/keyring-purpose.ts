import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { Keyring } from "../../../preload/contract/keyring.ts"

/** Which keyrings a key may be in: seeds have some of their own. */
export function keyringPurposeOf({ purpose }: Pick<KeyObject, "purpose">): Keyring["purpose"] {
  return purpose === "wallet" ? "wallet" : "general"
}
