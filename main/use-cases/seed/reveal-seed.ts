import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { logUse } from "../key-use/log-use.ts"
import { requireMayExport } from "../policy/require-policy.ts"
import { findSeed, openSeed, type SeedParts, type SeedVersion, seedObject } from "./seed-named.ts"

export interface RevealingParts extends SeedParts {
  /** Asked again before a seed shows. @throws `WRONG_PASSPHRASE` when it does not open the open vault */
  readonly requirePassphrase: (passphrase: Secret) => Promise<void>
}

interface Consent {
  readonly passphrase: Uint8Array<ArrayBuffer>
  readonly confirmed: boolean
}

/**
 * Whoever shows a seed, or parts of it, says so once more, with the passphrase. Wipes it.
 * @throws `CONFIRMATION_REQUIRED`, `WRONG_PASSPHRASE`; `POLICY_DENIED` of a seed that never leaves
 */
export async function requireConsent(
  { session, requirePassphrase }: RevealingParts,
  { key }: SeedVersion,
  { passphrase, confirmed }: Consent,
): Promise<void> {
  using owned = new Secret(passphrase)
  if (key.exportable === "never")
    throw new VaultError("POLICY_DENIED", `exportable: ${key.name} never leaves the vault`)
  requireMayExport(session.current(), key, false)
  if (!confirmed) throw new VaultError("CONFIRMATION_REQUIRED", `${key.name} would be shown`)
  await requirePassphrase(owned)
}

/** Shows the words, once the log says so. @throws as `requireConsent`, `NOT_FOUND`, `STATE_DENIED` */
export function revealSeed(parts: RevealingParts) {
  return async (input: InputOf<"seed.reveal">): Promise<OutputOf<"seed.reveal">> => {
    const vault = parts.session.current()
    const version = findSeed(vault, input.name, input.version)
    await requireConsent(parts, version, input)
    using seed = await openSeed(vault, version)
    const revealed = await parts.wallets.writeSeed(seed)
    logUse(vault, version.key, "seed.reveal", { version: version.version.version })
    return { ...seedObject(version, parts.wallets.wordsOf(seed)), revealed: revealed.bytes }
  }
}

/** Says where a written copy differs, and never how. Wipes the copy. */
export function verifyCopy({ session, wallets }: SeedParts) {
  return async (input: InputOf<"seed.verify">): Promise<OutputOf<"seed.verify">> => {
    using copy = new Secret(input.copy)
    const vault = session.current()
    const version = findSeed(vault, input.name, input.version)
    using seed = await openSeed(vault, version)
    const { matches, wrongPositions } = await wallets.compareCopy(seed, copy.bytes)
    logUse(vault, version.key, "seed.verify", { version: version.version.version, matches })
    return { matches, ...(matches || wrongPositions === null ? {} : { wrongPositions: [...wrongPositions] }) }
  }
}

/** Splits a seed into shares (SLIP-39): a list for each group. @throws as `requireConsent`, `INVALID_INPUT` */
export function splitSeed(parts: RevealingParts) {
  return async (input: InputOf<"seed.split">): Promise<OutputOf<"seed.split">> => {
    using sharesPassphrase = input.sharesPassphrase === undefined ? null : new Secret(input.sharesPassphrase)
    const vault = parts.session.current()
    const version = findSeed(vault, input.name, input.version)
    await requireConsent(parts, version, input)
    using seed = await openSeed(vault, version)
    const groups = await parts.wallets.splitSeed(seed, input.plan, sharesPassphrase)
    const plan = input.plan.groups.map(({ threshold, count }) => `${threshold}of${count}`)
    const { groupThreshold } = input.plan
    logUse(vault, version.key, "seed.split", { version: version.version.version, groupThreshold, groups: plan })
    const shares = groups.map((group) => group.map(({ bytes }) => bytes))
    return { ...seedObject(version, parts.wallets.wordsOf(seed)), shares }
  }
}
