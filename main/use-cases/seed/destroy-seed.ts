import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { destroyKey } from "../key/destroy-key.ts"
import { findSeed } from "./seed-named.ts"

/**
 * Destroys a seed as any key is; fingerprint, public keys and the addresses that were given out stay.
 * @throws as `destroyKey`, and `INVALID_INPUT` for what is no seed
 */
export function destroySeed(session: Session<OpenVault>) {
  const destroy = destroyKey(session)
  return (input: InputOf<"seed.destroy">): OutputOf<"seed.destroy"> => {
    findSeed(session.current(), input.name)
    return destroy(input)
  }
}
