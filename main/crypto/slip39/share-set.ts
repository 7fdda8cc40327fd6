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
  /** Of the shares that were given twice, what to say if those that are left are not enough. */
  readonly doubles: readonly string[]
}

/** @returns the first share, which stands for the set. @throws `WRONG_SHARES` naming the shares that are of another set than most */
export function requireOneSet(shares: readonly NumberedShare[]): NumberedShare {
  const [first] = shares
  if (first === undefined) throw new VaultError("WRONG_SHARES", "there are no shares")
  const sets = setsOf(shares).toSorted((one, other) => other.length - one.length)
  const [largest = [], second = []] = sets
  if (sets.length === 1) return first
  const strangers = shares.filter((share) => !largest.includes(share))
  // Two equally large sets: neither is the stranger.
  throw new VaultError("WRONG_SHARES", largest.length > second.length ? foreign(strangers) : mixed(sets))
}

/** A share that is given twice counts once. @throws `WRONG_SHARES` naming two shares of one group that contradict each other */
export function groupShares(shares: readonly NumberedShare[]): ShareGroup[] {
  return [...Map.groupBy(shares, ({ groupIndex }) => groupIndex)].map(([index, members]) => {
    const different: NumberedShare[] = []
    const doubles: string[] = []
    for (const share of members) {
      const twin = different.find((earlier) => isSameShare(earlier, share))
      if (twin === undefined) different.push(share)
      else doubles.push(`share ${share.number} is the same as share ${twin.number}`)
    }
    return { index, threshold: members[0]?.memberThreshold ?? 0, shares: different, doubles }
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
  const needed =
    groupCount === 1
      ? begun.map((group) => `${more(missing(group), "share")} needed`)
      : [
          `${more(groupThreshold - complete.length, "complete group")} needed`,
          ...begun.map((group) => `group ${group.index + 1} lacks ${missing(group)}`),
        ]
  throw new VaultError("WRONG_SHARES", [...begun.flatMap(({ doubles }) => doubles), ...needed].join("; "))
}

/** The shares by the sets that they are of, each in the order in which they were given. */
function setsOf(shares: readonly NumberedShare[]): NumberedShare[][] {
  const sets: NumberedShare[][] = []
  for (const share of shares) {
    const set = sets.find(([first]) => first !== undefined && isOfSameSet(first, share))
    if (set === undefined) sets.push([share])
    else set.push(share)
  }
  return sets
}

function foreign(strangers: readonly NumberedShare[]): string {
  return strangers.length === 1
    ? `share ${numbersOf(strangers)} is of another set than the others`
    : `shares ${numbersOf(strangers)} are of other sets than most`
}

function mixed(sets: readonly (readonly NumberedShare[])[]): string {
  const [one, other, ...rest] = sets
  if (one?.length === 1 && other?.length === 1 && rest.length === 0) {
    return `shares ${numbersOf(one)} and ${numbersOf(other)} are of different sets`
  }
  return `shares of ${sets.length} sets are mixed: ${sets.map(numbersOf).join("; ")}`
}

function numbersOf(shares: readonly NumberedShare[]): string {
  return shares.map(({ number }) => number).join(", ")
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

/** @throws `WRONG_SHARES` when they contradict each other */
function isSameShare(earlier: NumberedShare, share: NumberedShare): boolean {
  if (earlier.memberThreshold !== share.memberThreshold) throw differentSets(earlier, share)
  if (earlier.memberIndex !== share.memberIndex) return false
  if (!equalBytes(earlier.value.bytes, share.value.bytes)) throw differentSets(earlier, share)
  return true
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
