import { isUtf8 } from "node:buffer"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { randomBytes } from "../random.ts"
import { concatenated } from "./concatenated.ts"
import {
  type Imported,
  importAll,
  importPrivateKey,
  type ReadOptions,
  requirePassphrase,
  wrongPassphrase,
} from "./imported-key.ts"
import type { PrivateKeyParts } from "./key-parts.ts"
import { decryptOpenssh, encryptOpenssh, type OpensshEncryption, readOpensshEncryption } from "./openssh-encryption.ts"
import { privateFields, readPrivateFields, requireOpensshType } from "./openssh-private-fields.ts"
import { oneLine, opensshBlob } from "./openssh-public-key.ts"
import { publicPartsOf } from "./public-key-of.ts"
import { SshReader, sshString, sshText, sshUint32 } from "./ssh-wire.ts"

const magic = Buffer.from("openssh-key-v1\0", "latin1")
const maximumKeys = 16
const maximumCommentLength = 1024

/** The padding of a private section: to 8 bytes, or to the block of AES. */
const plainBlockLength = 8
const cipherBlockLength = 16

/** The outside of an openssh-key-v1 file: everything that needs no passphrase. */
interface OpensshEnvelope {
  readonly encryption: OpensshEncryption | null
  readonly publicBlobs: readonly Uint8Array[]
  readonly section: Uint8Array
  readonly tag: Uint8Array
}

/** Whether an openssh-key-v1 file needs a passphrase, told before any work. @throws INVALID_INPUT when it is not one */
export function isOpensshEncrypted(content: Uint8Array): boolean {
  return readEnvelope(content).encryption !== null
}

/**
 * Reads an openssh-key-v1 file (OpenSSH's PROTOCOL.key), all the keys in it. The public keys outside must be those of the private keys inside.
 *
 * @throws INVALID_INPUT naming what is wrong or not supported, or that there is no passphrase; WRONG_PASSPHRASE
 */
export async function readOpenssh(content: Uint8Array, options: ReadOptions): Promise<Imported[]> {
  const envelope = readEnvelope(content)
  if (envelope.encryption === null) {
    if (envelope.tag.length > 0) throw invalid("something follows its end")
    return await readSection(envelope.section, envelope.publicBlobs, plainBlockLength)
  }
  const { encryption, section, tag } = envelope
  using opened = await decryptOpenssh(encryption, section, tag, requirePassphrase(options))
  if (opened === null || !hasEqualCheckNumbers(opened.bytes)) throw wrongPassphrase()
  return await readSection(opened.bytes, envelope.publicBlobs, cipherBlockLength)
}

function readEnvelope(content: Uint8Array): OpensshEnvelope {
  const reader = new SshReader(content, "OpenSSH key")
  if (Buffer.compare(reader.bytes(magic.length), magic) !== 0) throw invalid("not openssh-key-v1")
  const encryption = readOpensshEncryption(reader)
  const count = reader.uint32()
  if (count < 1 || count > maximumKeys) throw invalid(`not between 1 and ${maximumKeys} keys`)
  const publicBlobs = Array.from({ length: count }, () => reader.string())
  for (const blob of publicBlobs) requireOpensshType(new SshReader(blob, "OpenSSH key").name())
  return { encryption, publicBlobs, section: reader.string(), tag: reader.rest }
}

/** Two equal random numbers at the start are what tells a right passphrase from a wrong one. */
function hasEqualCheckNumbers(section: Uint8Array): boolean {
  return section.length >= 8 && Buffer.compare(section.subarray(0, 4), section.subarray(4, 8)) === 0
}

async function readSection(
  section: Uint8Array,
  publicBlobs: readonly Uint8Array[],
  blockLength: number,
): Promise<Imported[]> {
  if (section.length % blockLength !== 0) throw invalid("the private section is no whole number of blocks")
  if (!hasEqualCheckNumbers(section)) throw invalid("the check numbers differ")
  const reader = new SshReader(section.subarray(8), "OpenSSH key")
  using owned = new DisposableStack()
  const found = publicBlobs.map((blob) => {
    const parts = readPrivateFields(reader, owned)
    requireSamePublicKey(parts, blob)
    return { parts, comment: readComment(reader.string()) }
  })
  const isPadded = reader.rest.length < blockLength && reader.rest.every((octet, index) => octet === index + 1)
  if (!isPadded) throw invalid("the padding")
  return await importAll(
    found,
    async ({ parts, comment }) => [{ ...(await importPrivateKey(parts, comment)), purpose: "ssh" }],
    ({ comment }) => comment,
  )
}

function requireSamePublicKey(parts: PrivateKeyParts, publicBlob: Uint8Array): void {
  const expected = opensshBlob(publicPartsOf(parts))
  if (expected === null || Buffer.compare(expected, publicBlob) !== 0) {
    throw invalid("the public key outside is of another private key")
  }
}

/** A comment in another encoding than UTF-8 is dropped: it is a remark, not part of the key. */
function readComment(bytes: Uint8Array): string | null {
  if (bytes.length > maximumCommentLength) throw invalid("the comment is too long")
  return bytes.length > 0 && isUtf8(bytes) ? Buffer.from(bytes).toString("utf8") : null
}

/**
 * Writes openssh-key-v1 with one key, as ssh-keygen does: encrypted with aes256-ctr under bcrypt with 24 rounds, or plain.
 *
 * @returns the bytes inside the PEM, which the caller wipes; null for an algorithm that SSH does not have
 */
export async function encodeOpenssh(
  parts: PrivateKeyParts,
  comment: string | null,
  passphrase: Uint8Array | null,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const publicBlob = opensshBlob(publicPartsOf(parts))
  const fields = privateFields(parts)
  if (publicBlob === null || fields === null) return null
  using section = new Secret(
    privateSection(fields, comment, passphrase === null ? plainBlockLength : cipherBlockLength),
  )
  const { header, encrypted } =
    passphrase === null
      ? { header: [...sshText("none"), ...sshText("none"), ...sshText("")], encrypted: section.bytes }
      : await encryptOpenssh(section.bytes, passphrase)
  return concatenated([magic, ...header, sshUint32(1), ...sshString(publicBlob), ...sshString(encrypted)])
}

function privateSection(fields: Uint8Array[], comment: string | null, blockLength: number): Uint8Array<ArrayBuffer> {
  const check = randomBytes(4)
  const parts = [check, check, ...fields, ...sshText(oneLine(comment ?? ""))]
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const padding = Uint8Array.from(
    { length: (blockLength - (length % blockLength)) % blockLength },
    (_, index) => index + 1,
  )
  return concatenated([...parts, padding])
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `OpenSSH key: ${reason}`)
}
