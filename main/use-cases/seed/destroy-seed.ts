import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import { destroyKey } from "../key/destroy-key.ts"
import { scheduleDestroy } from "../key/schedule-destroy.ts"
import type { UseParts } from "../key-use/log-use.ts"
import type { TokenUseParts } from "../key-use/token-use.ts"
import { findSeed } from "./seed-named.ts"

/**
 * Destroys a seed as any key is; fingerprint, public keys and the addresses that were given out stay.
 * @throws as `destroyKey`, and `INVALID_INPUT` for what is no seed
 */
export function destroySeed(parts: Pick<TokenUseParts, "session" | "tokens" | "crypto">) {
  const destroy = destroyKey(parts)
  return async (input: InputOf<"seed.destroy">): Promise<OutputOf<"seed.destroy">> => {
    findSeed(parts.session.current(), input.name)
    return destroy(input)
  }
}

/** Lets a seed wait for its destruction, as any key does. @throws as `scheduleDestroy`, and `INVALID_INPUT` for what is no seed */
export function scheduleSeedDestroy(parts: UseParts) {
  const schedule = scheduleDestroy(parts)
  return (input: InputOf<"seed.schedule-destroy">): OutputOf<"seed.schedule-destroy"> => {
    findSeed(parts.session.current(), input.name)
    return schedule(input)
  }
}
