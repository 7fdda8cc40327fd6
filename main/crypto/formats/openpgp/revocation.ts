import { VaultError } from "../../../domain/vault-error.ts"
import { encodePublicKeyInfo } from "../public-key-info.ts"
import { publicKeyOf } from "../public-key-of.ts"
import { encodeArmour } from "./armour.ts"
import { readKeyPacket } from "./key-packet.ts"
import { encodePacket, packetType, readPackets } from "./packets.ts"
import { type SigningKey, signatureBody, subpacket } from "./signature-body.ts"

const keyRevocation = 0x20
const reasonForRevocation = 29
/** "Key material has been compromised" (RFC 9580, 5.2.3.31). */
const compromised = 2

export interface OpenpgpRevocation extends SigningKey {
  /** The certificate that is revoked: a transferable public key, binary. */
  readonly certificate: Uint8Array
  /** For people, beside the code that says that it was compromised. */
  readonly reason: string
  /** RFC 3339; OpenPGP counts whole seconds */
  readonly at: string
}

/**
 * A revocation certificate (RFC 9580, 10.1.2), armoured: whoever imports it trusts the key no more.
 *
 * @throws INVALID_INPUT for a subkey, which its primary key revokes, and for a certificate of another version than 4
 */
export async function openpgpRevocation({
  certificate,
  reason,
  at,
  ...key
}: OpenpgpRevocation): Promise<Uint8Array<ArrayBuffer>> {
  const [packet] = readPackets(certificate)
  if (packet === undefined) throw new VaultError("INVALID_INPUT", "OpenPGP: the certificate is empty")
  const primary = readKeyPacket(packet)
  const isOwn =
    "kind" in primary.key && Buffer.compare(encodePublicKeyInfo(primary.key), publicKeyOf(key.material)) === 0
  if (!isOwn) throw new VaultError("INVALID_INPUT", "OpenPGP: it is a subkey, which its primary key revokes")
  if (primary.version !== 4) {
    throw new VaultError(
      "INVALID_INPUT",
      "OpenPGP: certificates of version 6 are revoked by the program that made them",
    )
  }
  const body = await signatureBody(key, primary, {
    type: keyRevocation,
    createdAt: Math.floor(Date.parse(at) / 1000),
    about: [],
    subpackets: subpacket(reasonForRevocation, Buffer.concat([Uint8Array.of(compromised), Buffer.from(reason)])),
  })
  return encodeArmour("PUBLIC KEY BLOCK", encodePacket(packetType.signature, [body], "old"), true)
}
