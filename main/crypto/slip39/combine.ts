import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { Point } from "./gf256.ts"
import { decryptSecret } from "./secret-encryption.ts"
import { isOnSamePolynomial, recoverValue } from "./shamir.ts"
import { parseShare } from "./share.ts"
import { groupShares, type NumberedShare, requireEnough, requireOneSet, type ShareGroup } from "./share-set.ts"

/** As many shares as the largest set has. */
const mostShares = 256

/**
 * Gives back what `splitSecret` shared, in whatever order and case the shares come; more than enough is checked too.
 * Takes over neither shares nor passphrase. With another passphrase it gives another secret: nothing tells.
 * @param shares - each the UTF-8 bytes of its words
 * @throws `WRONG_SHARES` whose detail says which share (counted from 1) and what is the matter: a word that is not in the
 *   list, a wrong checksum, a share of another set, how many are still needed, or a digest that fails
 */
export async function combineShares(shares: readonly Uint8Array[], passphrase?: Secret): Promise<Secret> {
  if (shares.length > mostShares) throw new VaultError("WRONG_SHARES", `at most ${mostShares} shares make a set`)
  using owned = new DisposableStack()
  const parsed = shares.map((text, index) => parseNumbered(text, index + 1, owned))
  const first = requireOneSet(parsed)
  const groups = groupShares(parsed)
  const complete = requireEnough(groups, first)
  const points = complete.map((group) => ({ x: group.index, y: owned.use(recoverGroup(group)).bytes }))
  using encrypted = recoverAll(points, first.groupThreshold)
  using none = Secret.ofSize(0)
  return await decryptSecret(encrypted, passphrase ?? none, first)
}

function parseNumbered(text: Uint8Array, number: number, owned: DisposableStack): NumberedShare {
  try {
    const share = parseShare(text)
    owned.use(share.value)
    return { ...share, number }
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    throw new VaultError(error.code, `share ${number}: ${error.detail}`)
  }
}

function recoverGroup({ shares, threshold }: ShareGroup): Secret {
  const points = shares.map(({ memberIndex, value }) => ({ x: memberIndex, y: value.bytes }))
  const enough = points.slice(0, threshold)
  const value = recoverValue(enough)
  if (value === null) throw wrongDigest({ shares, threshold }, points)
  const stray = shares.find((_, index) => index >= threshold && !fits(enough, points[index]))
  if (stray === undefined) return value
  value[Symbol.dispose]()
  throw doesNotBelong(stray)
}

/** With more shares than it takes, the one is named without which the others belong together. */
function wrongDigest(
  { shares, threshold }: Pick<ShareGroup, "shares" | "threshold">,
  points: readonly Point[],
): VaultError {
  const stray = shares.find((_, index) => {
    using value = shares.length > threshold ? recoverValue(points.toSpliced(index, 1).slice(0, threshold)) : null
    return value !== null
  })
  if (stray !== undefined) return doesNotBelong(stray)
  const numbers = shares.map(({ number }) => number).join(", ")
  return new VaultError("WRONG_SHARES", `digest: shares ${numbers} do not belong together`)
}

function doesNotBelong({ number }: NumberedShare): VaultError {
  return new VaultError("WRONG_SHARES", `share ${number} does not belong to the others`)
}

function recoverAll(points: readonly Point[], threshold: number): Secret {
  const enough = points.slice(0, threshold)
  const value = recoverValue(enough)
  if (value !== null && points.slice(threshold).every((point) => fits(enough, point))) return value
  value?.[Symbol.dispose]()
  throw new VaultError("WRONG_SHARES", "digest: the groups do not belong together")
}

function fits(points: readonly Point[], other: Point | undefined): boolean {
  return other !== undefined && isOnSamePolynomial(points, other)
}
