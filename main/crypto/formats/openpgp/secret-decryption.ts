import { createDecipheriv, createHash, getCipherInfo } from "node:crypto"
import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import { hkdfSha256 } from "../../derive.ts"
import { concatenated } from "../concatenated.ts"
import { transformed } from "../transformed.ts"
import type { KeyPacket } from "./key-packet.ts"
import { uint16Of } from "./packet-fields.ts"
import { packetType } from "./packets.ts"
import { type AeadCipher, type AeadProtection, type CfbProtection, type SecretPart, sumOf } from "./secret-part.ts"
import { keyOfPassphrase } from "./string-to-key.ts"

const sha1Length = 20
const sumLength = 2

/** Of OCB and GCM, in bytes. */
export const aeadTagLength = 16

/**
 * Opens an encrypted secret part.
 *
 * @returns the fields; null when the passphrase is another, or the part is damaged, which looks the same
 * @throws INVALID_INPUT when the lengths do not fit, or the runtime has not the cipher
 */
export async function openSecretPart(
  { protection, content }: Extract<SecretPart, { kind: "encrypted" }>,
  key: KeyPacket,
  passphrase: Uint8Array,
): Promise<Secret | null> {
  const { derivation, cipher } = protection
  requireCipher(cipher.name)
  if (content.length <= checkLengthOf(protection)) throw new VaultError("INVALID_INPUT", "OpenPGP key: cut off")
  using secretKey = await keyOfPassphrase(derivation, passphrase, cipher.keyLength)
  if (protection.kind === "cfb") return openCfb(protection, content, secretKey)
  using ownKey = aeadKey(secretKey, key, protection.cipher)
  return openAead(protection, content, ownKey, aeadData(key))
}

function checkLengthOf(protection: CfbProtection | AeadProtection): number {
  if (protection.kind === "aead") return aeadTagLength
  return protection.check === "sha1" ? sha1Length : sumLength
}

function openCfb(protection: CfbProtection, content: Uint8Array, secretKey: Secret): Secret | null {
  const { cipher, iv, check } = protection
  const checkLength = checkLengthOf(protection)
  using opened = transformed(createDecipheriv(cipher.name, secretKey.bytes, iv), content)
  const fields = opened.bytes.subarray(0, -checkLength)
  const expected = check === "sha1" ? createHash("sha1").update(fields).digest() : uint16Of(sumOf(fields))
  return Buffer.compare(expected, opened.bytes.subarray(-checkLength)) === 0 ? Secret.copyOf(fields) : null
}

function openAead(
  { cipher, nonce }: AeadProtection,
  content: Uint8Array,
  secretKey: Secret,
  data: Uint8Array,
): Secret | null {
  const options = { authTagLength: aeadTagLength }
  const decipher =
    cipher.mode === "ocb"
      ? createDecipheriv(cipher.name, secretKey.bytes, nonce, options)
      : createDecipheriv(cipher.name, secretKey.bytes, nonce, options)
  decipher.setAAD(data, { plaintextLength: content.length - aeadTagLength })
  decipher.setAuthTag(content.subarray(-aeadTagLength))
  try {
    return transformed(decipher, content.subarray(0, -aeadTagLength))
  } catch {
    return null
  }
}

/** BoringSSL, for one, has neither OCB nor Camellia. @throws INVALID_INPUT when the runtime has not the cipher */
export function requireCipher(name: string): void {
  if (getCipherInfo(name) === undefined) throw new VaultError("INVALID_INPUT", `OpenPGP key: ${name} is not available`)
}

/** The key that a secret part is encrypted with under an AEAD mode (RFC 9580, 5.5.3): of this kind of packet, version and cipher only. */
export function aeadKey(passphraseKey: Secret, key: KeyPacket, cipher: AeadCipher): Secret {
  const info = Uint8Array.of(typeOctet(key), key.version, cipher.cipherNumber, cipher.modeNumber)
  return hkdfSha256(passphraseKey.bytes, new Uint8Array(), info, cipher.keyLength)
}

/** What the tag of a secret part covers beside it: the public part, which nobody can exchange then. */
export function aeadData(key: KeyPacket): Uint8Array {
  return concatenated([Uint8Array.of(typeOctet(key)), key.publicPart])
}

function typeOctet({ isPrimary }: KeyPacket): number {
  return 0xc0 | (isPrimary ? packetType.secretKey : packetType.secretSubkey)
}
