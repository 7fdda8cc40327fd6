import type { PublicKeyPacket, PublicSubkeyPacket, SignaturePacket } from "openpgp"
import type { KeyPacket } from "./key-packet.ts"
import { type Packet, packetType } from "./packets.ts"
import type { WorkBudget } from "./work-budget.ts"

/** Types of signature (RFC 9580, 5.2.1). */
export const signatureType = {
  certifications: [0x10, 0x11, 0x12, 0x13],
  subkeyBinding: 0x18,
  primaryBinding: 0x19,
  directKey: 0x1f,
  keyRevocation: 0x20,
  subkeyRevocation: 0x28,
  certificationRevocation: 0x30,
} as const

/** What a valid signature of the primary key says. */
export interface OwnSignature {
  readonly type: number
  /** milliseconds since 1970 */
  readonly createdAt: number
  /** the first octet of the key flags (5.2.3.29); null where there are none */
  readonly flags: number | null
  readonly isPrimaryUserId: boolean
  /** seconds after the key's creation; null where it does not expire */
  readonly keyExpiresAfter: number | null
  /** whether a subkey that signs agrees to belong to the primary key */
  readonly isAnswered: boolean
}

/** A signature is of a subkey, of a user id or attribute, or else of the primary key alone. */
export type Signed = { readonly subkey: KeyPacket } | { readonly user: Packet } | "primary key"

/** Verifies what a primary key has signed. The library, which is large, is loaded by the first one; it is never shown a secret. */
export class SignatureCheck {
  readonly #library: typeof import("openpgp")
  readonly #primary: PublicKeyPacket
  readonly #budget: WorkBudget

  private constructor(library: typeof import("openpgp"), primary: PublicKeyPacket, budget: WorkBudget) {
    this.#library = library
    this.#primary = primary
    this.#budget = budget
  }

  /** @returns null when the library can't read the primary key */
  static async by(primary: KeyPacket, budget: WorkBudget): Promise<SignatureCheck | null> {
    const library = await import("openpgp")
    const packet = await readOr(new library.PublicKeyPacket(), primary)
    return packet === null ? null : new SignatureCheck(library, packet, budget)
  }

  /**
   * Those of the signatures that the primary key made and that are valid: at the time they were made, for a key that has
   * expired since still opens what was encrypted to it.
   *
   * @throws INVALID_INPUT when the file's budget is spent
   */
  async validAmong(signatures: readonly Packet[], types: readonly number[], signed: Signed): Promise<OwnSignature[]> {
    const subject = await this.#subjectOf(signed)
    if (subject === null) return []
    const valid: OwnSignature[] = []
    for (const { body } of signatures) {
      const signature = this.#parsed(body)
      if (signature?.signatureType == null || signature.created === null) continue
      if (!types.includes(signature.signatureType) || !this.#isOwn(signature)) continue
      if (!(await this.#isValid(signature, this.#primary, subject.data))) continue
      valid.push({
        type: signature.signatureType,
        createdAt: signature.created.getTime(),
        flags: signature.keyFlags?.[0] ?? null,
        isPrimaryUserId: signature.isPrimaryUserID ?? false,
        keyExpiresAfter: signature.keyNeverExpires === false ? signature.keyExpirationTime : null,
        isAnswered: await this.#isAnswered(signature, subject),
      })
    }
    return valid
  }

  async #subjectOf(signed: Signed): Promise<{ data: object; subkey: PublicSubkeyPacket | null } | null> {
    if (signed === "primary key") return { data: { key: this.#primary }, subkey: null }
    if ("user" in signed) return { data: { key: this.#primary, ...writtenUser(signed.user) }, subkey: null }
    const subkey = await readOr(new this.#library.PublicSubkeyPacket(), signed.subkey)
    return subkey === null ? null : { data: { key: this.#primary, bind: subkey }, subkey }
  }

  #parsed(body: Uint8Array): SignaturePacket | null {
    const signature = new this.#library.SignaturePacket()
    try {
      signature.read(body)
      return signature
    } catch {
      return null
    }
  }

  #isOwn({ issuerKeyID }: SignaturePacket): boolean {
    return issuerKeyID.equals(this.#primary.getKeyID())
  }

  async #isValid(signature: SignaturePacket, by: PublicKeyPacket | PublicSubkeyPacket, data: object): Promise<boolean> {
    const { signatureType: type, created } = signature
    if (type === null || created === null) return false
    this.#budget.spendVerification()
    try {
      await signature.verify(by, type, data, created)
      return true
    } catch {
      return false
    }
  }

  /** A signing subkey signs that it belongs to the primary key, inside the signature that says so (5.2.1.9): else anybody's could be claimed. */
  async #isAnswered(
    { embeddedSignature }: SignaturePacket,
    { data, subkey }: { data: object; subkey: PublicSubkeyPacket | null },
  ): Promise<boolean> {
    if (subkey === null || embeddedSignature === null) return false
    return (
      embeddedSignature.signatureType === signatureType.primaryBinding &&
      (await this.#isValid(embeddedSignature, subkey, data))
    )
  }
}

/** The library would take a user id for UTF-8 and a picture apart; what is signed are the octets that are there. */
function writtenUser({ type, body }: Packet): object {
  const written = { write: () => body }
  return type === packetType.userId ? { userID: written } : { userAttribute: written }
}

async function readOr<Read extends PublicKeyPacket | PublicSubkeyPacket>(
  packet: Read,
  { publicPart }: KeyPacket,
): Promise<Read | null> {
  try {
    await packet.read(publicPart)
    return packet
  } catch {
    return null
  }
}
