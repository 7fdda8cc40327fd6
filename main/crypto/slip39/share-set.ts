import { VaultError } from "../../domain/vault-error.ts"
import { equalBytes } from "../constant-time.ts"
import type { Share, SharedSettings } from "./share.ts"

/** A share with its place among those that were given, counted from 1: by that we name it. */
export interface NumberedShare extends Share {
  readonly number: number
}

/** The different shares of one group. */
export interface ShareGroup {
  readonly index: number
  readonly threshold: number
  readonly shares: readonly NumberedShare[]
}

/** @returns the first share, which stands for the set. @throws `WRONG_SHARES` naming two shares of different sets */
export function requireOneSet(shares: readonly NumberedShare[]): NumberedShare {
  const [first] = shares
  if (first === undefined) throw new VaultError("WRONG_SHARES", "there are no shares")
  const stranger = shares.find((share) => !isOfSameSet(first, share))
  if (stranger !== undefined) throw differentSets(first, stranger)
  return first
}

/** @throws `WRONG_SHARES` naming a duplicate, or two shares of one group that contradict each other */
export function groupShares(shares: readonly NumberedShare[]): ShareGroup[] {
  return [...Map.groupBy(shares, ({ groupIndex }) => groupIndex)].map(([index, members]) => {
    for (const [at, share] of members.entries()) {
      for (const earlier of members.slice(0, at)) requireCompatible(earlier, share)
    }
    return { index, threshold: members[0]?.memberThreshold ?? 0, shares: members }
  })
}

/** @returns the groups that have enough shares. @throws `WRONG_SHARES` saying how many are still needed */
export function requireEnough(
  groups: readonly ShareGroup[],
  { groupThreshold, groupCount }: SharedSettings,
): ShareGroup[] {
  const complete = groups.filter((group) => missing(group) <= 0)
  if (complete.length >= groupThreshold) return complete
  const begun = groups.filter((group) => missing(group) > 0)
  const detail =
    groupCount === 1
      ? begun.map((group) => `${more(missing(group), "share")} needed`)
      : [
          `${more(groupThreshold - complete.length, "complete group")} needed`,
          ...begun.map((group) => `group ${group.index + 1} lacks ${missing(group)}`),
        ]
  throw new VaultError("WRONG_SHARES", detail.join("; "))
}

function isOfSameSet(one: Share, other: Share): boolean {
  return (
    one.identifier === other.identifier &&
    one.isExtendable === other.isExtendable &&
    one.iterationExponent === other.iterationExponent &&
    one.groupThreshold === other.groupThreshold &&
    one.groupCount === other.groupCount &&
    one.value.bytes.length === other.value.bytes.length
  )
}

function requireCompatible(earlier: NumberedShare, share: NumberedShare): void {
  if (earlier.memberThreshold !== share.memberThreshold) throw differentSets(earlier, share)
  if (earlier.memberIndex !== share.memberIndex) return
  if (!equalBytes(earlier.value.bytes, share.value.bytes)) throw differentSets(earlier, share)
  throw new VaultError("WRONG_SHARES", `share ${share.number} is the same as share ${earlier.number}`)
}

function missing({ threshold, shares }: ShareGroup): number {
  return threshold - shares.length
}

function more(count: number, thing: string): string {
  return count === 1 ? `1 more ${thing} is` : `${count} more ${thing}s are`
}

function differentSets(one: NumberedShare, other: NumberedShare): VaultError {
  return new VaultError("WRONG_SHARES", `shares ${one.number} and ${other.number} are of different sets`)
}
