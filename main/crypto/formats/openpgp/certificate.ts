import { VaultError } from "../../../domain/vault-error.ts"
import { isKeyPacket, isPrimaryKeyPacket, isSecretKeyPacket, type KeyPacket, readKeyPacket } from "./key-packet.ts"
import { type Packet, packetType } from "./packets.ts"

/** A key, a user id or an attribute (a picture), and the signatures behind it. */
export type Component = KeyComponent | UserComponent | UnreadComponent

export interface KeyComponent {
  readonly kind: "key"
  readonly key: KeyPacket
  readonly signatures: readonly Packet[]
}

export interface UserComponent {
  readonly kind: "user"
  readonly packet: Packet
  readonly signatures: readonly Packet[]
}

/** A key so broken or foreign that it can't be told where its public part ends. */
export interface UnreadComponent {
  readonly kind: "unread"
  readonly isSecret: boolean
  readonly isPrimary: boolean
  readonly refusal: VaultError
  readonly signatures: readonly Packet[]
}

/** A transferable key (RFC 9580, 10.1 and 10.2), public or secret, not checked: the first component is the primary key. */
export interface TransferableKey {
  readonly components: readonly Component[]
}

/** Packets that say nothing of a key: GnuPG's own notes, and what is there to be skipped (5.8, 5.10, 5.14). */
const skipped: ReadonlySet<number> = new Set<number>([packetType.trust, packetType.marker, packetType.padding])

/** Types from here on may be skipped by who does not know them (4.3). */
const firstUncriticalType = 40

/**
 * Groups packets into keys and what belongs to them.
 *
 * @throws INVALID_INPUT for packets that have no place in a key, or stand before one
 */
export function transferableKeys(packets: readonly Packet[]): TransferableKey[] {
  const keys: { components: Component[] }[] = []
  let signatures: Packet[] = []
  for (const packet of packets) {
    if (skipped.has(packet.type) || packet.type >= firstUncriticalType) continue
    if (isPrimaryKeyPacket(packet)) keys.push({ components: [] })
    const components = keys.at(-1)?.components
    if (components === undefined) throw invalid(reasonAgainst(packet))
    if (packet.type === packetType.signature) {
      signatures.push(packet)
    } else {
      signatures = []
      components.push(componentOf(packet, signatures))
    }
  }
  return keys
}

function componentOf(packet: Packet, signatures: readonly Packet[]): Component {
  if (packet.type === packetType.userId || packet.type === packetType.userAttribute) {
    return { kind: "user", packet, signatures }
  }
  if (!isKeyPacket(packet)) throw invalid(reasonAgainst(packet))
  try {
    return { kind: "key", key: readKeyPacket(packet), signatures }
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    const isSecret = isSecretKeyPacket(packet)
    return { kind: "unread", isSecret, isPrimary: isPrimaryKeyPacket(packet), refusal: error, signatures }
  }
}

function reasonAgainst({ type }: Packet): string {
  return type === packetType.compressedData ? "compressed packets are not read" : "a packet that is part of no key"
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `OpenPGP: ${reason}`)
}

/** Whether a component is a key whose secret part is, or should be, in the file. */
export function isSecretComponent(component: Component): boolean {
  if (component.kind === "unread") return component.isSecret
  return component.kind === "key" && component.key.secretPart !== null
}

/** The packets of a component in a transferable public key, byte for byte. */
export function publicPacketsOf(component: KeyComponent | UserComponent): Uint8Array[] {
  const first = component.kind === "key" ? component.key.publicPacket : component.packet.whole
  return [first, ...component.signatures.map(({ whole }) => whole)]
}
