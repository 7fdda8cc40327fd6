import type { OutputOf } from "../../../preload/contract/index.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { seedObject } from "./seed-named.ts"

/** The seeds of the vault, in the order of their names. */
export function listSeeds(session: Session<OpenVault>) {
  return (): OutputOf<"seed.list"> => {
    const keys = session.current().keys.list({ purpose: "wallet", limit: 100_000 })
    return { seeds: keys.map((key) => seedObject({ key, version: versionOf(key, key.currentVersion) })) }
  }
}
