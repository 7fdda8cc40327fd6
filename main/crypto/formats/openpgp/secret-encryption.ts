import { createCipheriv, createHash } from "node:crypto"
import { Secret } from "../../../domain/secret.ts"
import { randomBytes } from "../../random.ts"
import { concatenated } from "../concatenated.ts"
import { transformed } from "../transformed.ts"
import type { KeyPacket } from "./key-packet.ts"
import { countedOf, uint16Of } from "./packet-fields.ts"
import { aeadData, aeadKey, aeadTagLength, requireCipher } from "./secret-decryption.ts"
import { type AeadCipher, secretUsage, sumOf } from "./secret-part.ts"
import { keyOfPassphrase } from "./string-to-key.ts"

/** AES-256 under SHA-256 of as many octets as can be asked for: GnuPG 2.2 reads nothing stronger. */
const cfb = { name: "aes-256-cfb", cipherNumber: 9, keyLength: 32, ivLength: 16 } as const
const iterated = { specifier: 3, hashNumber: 8, saltLength: 8, codedOctets: 0xff, octets: 65_011_712 }

/** For version 6, which GnuPG does not read: OCB, which all others must, under the second choice of RFC 9106. */
const ocb = {
  mode: "ocb",
  name: "aes-256-ocb",
  cipherNumber: 9,
  modeNumber: 2,
  keyLength: 32,
  nonceLength: 15,
} as const satisfies AeadCipher
const argon2 = { specifier: 4, saltLength: 16, passes: 3, lanes: 4, memoryExponent: 16 }

/**
 * The secret part of a key packet with these fields, open or encrypted, as parts. The caller wipes the fields; nothing here is secret when
 * there is a passphrase.
 *
 * @throws INVALID_INPUT when the runtime has not the cipher
 */
export async function secretPartOf(
  key: KeyPacket,
  fields: Uint8Array,
  passphrase: Uint8Array | null,
): Promise<Uint8Array[]> {
  if (passphrase === null) return openPart(key, fields)
  return key.version === 4 ? await cfbPart(fields, passphrase) : await aeadPart(key, fields, passphrase)
}

/** What GnuPG writes where the secret part of a key of version 4 is elsewhere: `gpg --export-secret-subkeys`. */
export const stubOfSecretPart: Uint8Array = Buffer.from("ff006500474e5501", "hex")

function openPart({ version }: KeyPacket, fields: Uint8Array): Uint8Array[] {
  const sum = version === 4 ? [uint16Of(sumOf(fields))] : []
  return [Uint8Array.of(secretUsage.open), fields, ...sum]
}

async function cfbPart(fields: Uint8Array, passphrase: Uint8Array): Promise<Uint8Array[]> {
  const salt = randomBytes(iterated.saltLength)
  const iv = randomBytes(cfb.ivLength)
  const derivation = { kind: "hashed", hash: "sha256", salt, octets: iterated.octets } as const
  using secretKey = await keyOfPassphrase(derivation, passphrase, cfb.keyLength)
  using checked = new Secret(concatenated([fields, createHash("sha1").update(fields).digest()]))
  const { bytes: encrypted } = transformed(createCipheriv(cfb.name, secretKey.bytes, iv), checked.bytes)
  const head = Uint8Array.of(secretUsage.cfbWithHash, cfb.cipherNumber, iterated.specifier, iterated.hashNumber)
  return [head, salt, Uint8Array.of(iterated.codedOctets), iv, encrypted]
}

async function aeadPart(key: KeyPacket, fields: Uint8Array, passphrase: Uint8Array): Promise<Uint8Array[]> {
  requireCipher(ocb.name)
  const { specifier, passes, lanes, memoryExponent } = argon2
  const salt = randomBytes(argon2.saltLength)
  const nonce = randomBytes(ocb.nonceLength)
  const derivation = { kind: "argon2", salt, passes, lanes, memoryKiB: 2 ** memoryExponent } as const
  using passphraseKey = await keyOfPassphrase(derivation, passphrase, ocb.keyLength)
  using secretKey = aeadKey(passphraseKey, key, ocb)
  const cipher = createCipheriv(ocb.name, secretKey.bytes, nonce, { authTagLength: aeadTagLength })
  cipher.setAAD(aeadData(key), { plaintextLength: fields.length })
  const { bytes: encrypted } = transformed(cipher, fields)
  const stringToKey = concatenated([Uint8Array.of(specifier), salt, Uint8Array.of(passes, lanes, memoryExponent)])
  const numbers = Uint8Array.of(ocb.cipherNumber, ocb.modeNumber)
  const parameters = concatenated([numbers, ...countedOf(stringToKey), nonce])
  return [Uint8Array.of(secretUsage.aead), ...countedOf(parameters), encrypted, cipher.getAuthTag()]
}
