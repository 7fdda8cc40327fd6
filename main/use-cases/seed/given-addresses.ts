import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { GivenAddress } from "../../../preload/contract/seed.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { findSeed, type SeedVersion, seedObject } from "./seed-named.ts"

/** The addresses of a version that were given out; it may be destroyed by now. @throws `NOT_FOUND`, `INVALID_INPUT` */
export function listGivenAddresses(session: Session<OpenVault>) {
  return ({ name, version }: InputOf<"seed.given">): OutputOf<"seed.given"> => {
    const vault = session.current()
    const seed = findSeed(vault, name, version)
    return { ...seedObject(seed), addresses: givenAddresses(vault, seed) }
  }
}

/** Each with the fingerprint of its wallet, which differs with each BIP-39 passphrase. */
export function givenAddresses(vault: OpenVault, { key, version }: SeedVersion): GivenAddress[] {
  return vault.seeds
    .addresses(key.id, version.version)
    .map(({ wallet, ...address }) => ({ ...address, fingerprint: wallet }))
}
