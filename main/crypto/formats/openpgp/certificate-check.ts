import { isUtf8 } from "node:buffer"
import { VaultError } from "../../../domain/vault-error.ts"
import { concatenated } from "../concatenated.ts"
import { oneLine } from "../openssh-public-key.ts"
import {
  type Component,
  type KeyComponent,
  publicPacketsOf,
  type TransferableKey,
  type UserComponent,
} from "./certificate.ts"
import { type KeyPacket, keyIdOf, supportedParts } from "./key-packet.ts"
import { hasOtherJobs, mustAnswer } from "./key-purpose.ts"
import { packetType } from "./packets.ts"
import { type OwnSignature, SignatureCheck, signatureType } from "./signature-check.ts"
import type { WorkBudget } from "./work-budget.ts"

/** A key of a certificate, and what its newest valid signature says. */
export interface CheckedKey {
  readonly key: KeyPacket
  /** What it may be used for; null where that is not said. */
  readonly flags: number | null
}

/** A certificate that its primary key has signed. */
export interface CheckedCertificate {
  /** a transferable public key: everything that is valid, byte for byte */
  readonly content: Uint8Array
  /** of the primary user */
  readonly userId: string | null
  /** the primary key first */
  readonly keys: readonly CheckedKey[]
  /** what a person should know of it */
  readonly remarks: readonly string[]
}

interface CheckedUser {
  readonly component: UserComponent
  readonly newest: OwnSignature
  readonly isRevoked: boolean
}

interface CheckedSubkey {
  readonly component: KeyComponent
  readonly newest: OwnSignature
  readonly isRevoked: boolean
}

const maximumUserIdLength = 1024

/**
 * Checks what a primary key has signed: its user ids and its subkeys. Revoked and expired ones stay: they still open what
 * is old. What has no valid signature is left out. A key whose public part was exchanged has none.
 *
 * @throws INVALID_INPUT when the primary key can't be taken, or has signed nothing
 */
export async function checkCertificate(
  { components }: TransferableKey,
  budget: WorkBudget,
): Promise<CheckedCertificate> {
  const [primary, ...others] = components
  if (primary === undefined || primary.kind === "user") throw new Error("a transferable key starts with a key")
  if (primary.kind === "unread") throw primary.refusal
  supportedParts(primary.key)
  const check = await SignatureCheck.by(primary.key, budget)
  if (check === null) throw invalid("OpenPGP key: the primary key is not supported")
  const { directKey, keyRevocation } = signatureType
  const direct = await check.validAmong(primary.signatures, [directKey], "primary key")
  const revocations = await check.validAmong(primary.signatures, [keyRevocation], "primary key")
  const checked: (CheckedUser | CheckedSubkey)[] = []
  for (const component of others) {
    const valid = await checkComponent(check, component)
    if (valid !== null) checked.push(valid)
  }
  const user = primaryUserAmong(checked.filter(isUser))
  const newest = signatureForPrimary(primary.key, newestOf(direct), user?.newest ?? null)
  if (newest === null) throw invalid("OpenPGP key: no valid signature of the key itself; it was damaged or changed")
  const all = [{ component: primary, newest, isRevoked: revocations.length > 0 }, ...checked]
  return {
    content: concatenated(all.flatMap(({ component }) => publicPacketsOf(component))),
    userId: user === null ? null : textOf(user.component),
    keys: all.filter(isKey).map(({ component: { key }, newest: { flags } }) => ({ key, flags })),
    remarks: [...all.filter(isKey).flatMap(remarksOn), ...leftOut(primary.key, others, checked)],
  }
}

async function checkComponent(
  check: SignatureCheck,
  component: Component,
): Promise<CheckedUser | CheckedSubkey | null> {
  if (component.kind === "unread") return null
  if (component.kind === "user") {
    const signed = { user: component.packet }
    const newest = newestOf(await check.validAmong(component.signatures, signatureType.certifications, signed))
    if (newest === null) return null
    const { certificationRevocation } = signatureType
    const revoked = newestOf(await check.validAmong(component.signatures, [certificationRevocation], signed))
    return { component, newest, isRevoked: revoked !== null && revoked.createdAt >= newest.createdAt }
  }
  const { key } = component
  const signed = { subkey: key }
  const bindings = await check.validAmong(component.signatures, [signatureType.subkeyBinding], signed)
  const newest = newestOf(bindings)
  if (newest === null || (mustAnswer(key, newest.flags) && !newest.isAnswered)) return null
  const revocations = await check.validAmong(component.signatures, [signatureType.subkeyRevocation], signed)
  return { component, newest, isRevoked: revocations.length > 0 }
}

function isUser(checked: CheckedUser | CheckedSubkey): checked is CheckedUser {
  return checked.component.kind === "user"
}

function isKey(checked: CheckedUser | CheckedSubkey): checked is CheckedSubkey {
  return checked.component.kind === "key"
}

function newestOf(signatures: readonly OwnSignature[]): OwnSignature | null {
  return signatures.reduce<OwnSignature | null>(
    (newest, each) => (newest === null || each.createdAt >= newest.createdAt ? each : newest),
    null,
  )
}

/** The one that is marked (RFC 9580, 5.2.3.27), not revoked if there is such a one, and of several the one signed last. */
function primaryUserAmong(users: readonly CheckedUser[]): CheckedUser | null {
  const rank = ({ component, newest, isRevoked }: CheckedUser): readonly number[] => [
    component.packet.type === packetType.userId ? 1 : 0,
    isRevoked ? 0 : 1,
    newest.isPrimaryUserId ? 1 : 0,
    newest.createdAt,
  ]
  const isBefore = (one: CheckedUser, other: CheckedUser): boolean => {
    const differing = rank(one).findIndex((value, index) => value !== rank(other)[index])
    return differing !== -1 && (rank(one)[differing] ?? 0) > (rank(other)[differing] ?? 0)
  }
  return users.reduce<CheckedUser | null>((best, each) => (best === null || isBefore(each, best) ? each : best), null)
}

/** Version 6 says what a primary key may do in a signature of its own (5.2.3.10), version 4 with its user id. */
function signatureForPrimary(
  { version }: KeyPacket,
  direct: OwnSignature | null,
  user: OwnSignature | null,
): OwnSignature | null {
  return version === 6 ? (direct ?? user) : (user ?? direct)
}

/** Whose a certificate says that it is, where nothing proves it: enough to tell a person which one was refused. */
export function claimedUserId({ components }: TransferableKey): string | null {
  const texts = components.map((component) => (component.kind === "user" ? textOf(component) : null))
  return texts.find((text) => text !== null) ?? null
}

function textOf({ packet }: UserComponent): string | null {
  const isText = packet.type === packetType.userId && packet.body.length <= maximumUserIdLength && isUtf8(packet.body)
  const text = isText ? oneLine(Buffer.from(packet.body).toString("utf8")) : ""
  return text === "" ? null : text
}

function remarksOn({ component: { key }, newest, isRevoked }: CheckedSubkey): string[] {
  const name = `key ${keyIdOf(key)}`
  const { keyExpiresAfter } = newest
  const remarks = isRevoked ? [`${name} is revoked`] : []
  if (keyExpiresAfter !== null) {
    const day = new Date((key.createdAt + keyExpiresAfter) * 1000).toISOString().slice(0, 10)
    remarks.push(`${name} expires on ${day} in OpenPGP`)
  }
  if (hasOtherJobs(key, newest.flags)) remarks.push(`${name} may do several jobs in OpenPGP, and gets one here`)
  return remarks
}

function leftOut(
  primary: KeyPacket,
  others: readonly Component[],
  checked: readonly (CheckedUser | CheckedSubkey)[],
): string[] {
  const count = others.filter(({ kind }) => kind === "user").length - checked.filter(isUser).length
  return count === 0 ? [] : [`key ${keyIdOf(primary)}: ${count} user ids without a valid signature are left out`]
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", reason)
}
