import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { randomBytes } from "../random.ts"
import { encryptSecret } from "./secret-encryption.ts"
import { splitValue } from "./shamir.ts"
import { formatShare, type SharedSettings } from "./share.ts"

const most = 16
const secretSize = { least: 16, most: 256 }
const defaultExponent = 1

/** How many shares a group has, and how many of them it takes. */
export interface GroupPlan {
  readonly threshold: number
  readonly count: number
}

/** How a secret is to be shared. */
export interface SharingPlan {
  readonly groups: readonly GroupPlan[]
  /** How many of the groups it takes. */
  readonly groupThreshold: number
  /** Printable ASCII. Without it, the shares alone open the secret. */
  readonly passphrase?: Secret
  /** 0 to 15, 1 unless told: PBKDF2 runs 10,000 * 2^this times. */
  readonly iterationExponent?: number
  /** True unless told: more sets of shares of the same secret and passphrase can be made later. */
  readonly isExtendable?: boolean
}

/**
 * Splits a secret into shares of words (SLIP-0039), a list for each group. Takes over neither secret nor passphrase.
 * @param secret - 16 to 256 bytes, an even number
 * @returns each share as the UTF-8 bytes of its words, single spaces between them
 * @throws `INVALID_INPUT` naming what of the plan cannot be
 */
export async function splitSecret(secret: Secret, plan: SharingPlan): Promise<Secret[][]> {
  checkPlan(secret, plan)
  const { groups, groupThreshold, iterationExponent = defaultExponent, isExtendable = true } = plan
  const settings = {
    identifier: randomIdentifier(),
    isExtendable,
    iterationExponent,
    groupThreshold,
    groupCount: groups.length,
  }
  using none = Secret.ofSize(0)
  using encrypted = await encryptSecret(secret, plan.passphrase ?? none, settings)
  using owned = new DisposableStack()
  const values = splitValue(encrypted.bytes, groupThreshold, groups.length)
  for (const value of values) owned.use(value)
  return groups.map((group, groupIndex) => splitGroup(values[groupIndex], group, groupIndex, settings))
}

function splitGroup(
  groupValue: Secret | undefined,
  group: GroupPlan,
  groupIndex: number,
  settings: SharedSettings,
): Secret[] {
  if (groupValue === undefined) throw new Error("fewer values than groups")
  using owned = new DisposableStack()
  const values = splitValue(groupValue.bytes, group.threshold, group.count)
  for (const value of values) owned.use(value)
  return values.map((value, memberIndex) =>
    formatShare({ ...settings, groupIndex, memberIndex, memberThreshold: group.threshold, value }),
  )
}

function randomIdentifier(): number {
  const [high = 0, low = 0] = randomBytes(2)
  return ((high & 0x7f) << 8) | low
}

function checkPlan(secret: Secret, plan: SharingPlan): void {
  const { groups, groupThreshold, passphrase, iterationExponent = defaultExponent } = plan
  const size = secret.bytes.length
  demand(size % 2 === 0 && isWithin(size, secretSize.least, secretSize.most), "secret: 16 to 256 bytes, an even number")
  demand(isWithin(groups.length, 1, most), "groups: 1 to 16")
  demand(isWithin(groupThreshold, 1, groups.length), "groupThreshold: 1 to the number of groups")
  for (const { threshold, count } of groups) {
    demand(isWithin(count, 1, most), "count: 1 to 16")
    demand(isWithin(threshold, 1, count), "threshold: 1 to count")
    // SLIP-0039 forbids it: each of the shares would be the secret, and several copies of it look like safety.
    demand(threshold > 1 || count === 1, "threshold: a single share that is enough must be the only one")
  }
  demand(isWithin(iterationExponent, 0, 15), "iterationExponent: 0 to 15")
  demand(passphrase?.bytes.every((byte) => isWithin(byte, 0x20, 0x7e)) ?? true, "passphrase: printable ASCII only")
}

function isWithin(value: number, least: number, greatest: number): boolean {
  return Number.isInteger(value) && value >= least && value <= greatest
}

function demand(isRight: boolean, detail: string): void {
  if (!isRight) throw new VaultError("INVALID_INPUT", detail)
}
