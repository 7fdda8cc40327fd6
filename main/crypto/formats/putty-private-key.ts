import { isUtf8 } from "node:buffer"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { edwardsKeyLength, edwardsPublicKeyOf } from "./edwards-private-key.ts"
import { curves, uncompressedPoint } from "./elliptic-curves.ts"
import { type Imported, importPrivateKey, type KeyReader, requirePassphrase, wrongPassphrase } from "./imported-key.ts"
import type { EcPrivateParts, EdwardsPrivateParts, PrivateKeyParts, RsaPrivateParts } from "./key-parts.ts"
import { type KeySource, warningSource } from "./key-source.ts"
import { curveOfSshName, opensshKeyType } from "./openssh-public-key.ts"
import { weakEncryption } from "./password-encryption.ts"
import { decryptPutty, hasPuttyMac, puttyKeys } from "./putty-encryption.ts"
import { type PuttyFile, readPuttyFile } from "./putty-file.ts"
import { crtExponent } from "./rsa-numbers.ts"
import { SshReader } from "./ssh-wire.ts"

const where = "PuTTY key"
const beginning = /^PuTTY-User-Key-File-(\d{1,3}): /

/** The most that the block of AES leaves over. */
const longestPadding = 15

/**
 * Recognises PuTTY's `.ppk`, versions 2 and 3.
 *
 * @throws INVALID_INPUT for another version
 */
export function recognisePutty(file: Uint8Array): KeySource | null {
  const match = beginning.exec(Buffer.from(file.subarray(0, 32)).toString("latin1"))
  if (match === null) return null
  if (match[1] !== "2" && match[1] !== "3") throw invalid("only versions 2 and 3 are supported")
  return warningSource("ppk", (options, warn) => readPutty(file, options, warn))
}

const readPutty: KeyReader = async (content, options, warn) => {
  using owned = new DisposableStack()
  const file = readPuttyFile(content, owned)
  requireType(file.type)
  const section = await openSection(file, file.isEncrypted ? requirePassphrase(options) : null, owned)
  if (file.version === 2 && file.isEncrypted) warn(weakEncryption)
  return [await readKey(file, section, owned)]
}

/** The private section, decrypted where it was not open, and proven by the MAC. */
async function openSection(
  file: PuttyFile,
  passphrase: Uint8Array | null,
  owned: DisposableStack,
): Promise<Uint8Array> {
  const keys = await puttyKeys(file.version, file.derivation, passphrase, owned)
  const section = file.isEncrypted ? owned.use(decryptPutty(keys, file.privateSection)).bytes : file.privateSection
  const encryption = file.isEncrypted ? "aes256-cbc" : "none"
  const fields = [Buffer.from(file.type, "latin1"), Buffer.from(encryption), file.comment, file.publicBlob, section]
  if (hasPuttyMac(keys, fields, file.mac)) return section
  throw file.isEncrypted
    ? wrongPassphrase()
    : invalid("the MAC is of other content: the file was changed or is damaged")
}

function requireType(type: string): void {
  if (/^(?:ssh-rsa|ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521))$/.test(type)) return
  throw invalid(type === "ssh-dss" ? "DSA keys are not supported" : "the key's type is not supported")
}

async function readKey(file: PuttyFile, section: Uint8Array, owned: DisposableStack): Promise<Imported> {
  const publicKey = new SshReader(file.publicBlob, where)
  if (publicKey.name() !== file.type) throw invalid("the public key is of another type")
  const privateKey = new SshReader(section, where)
  const parts = readParts(file.type, publicKey, privateKey, owned)
  publicKey.end()
  if (privateKey.rest.length > (file.isEncrypted ? longestPadding : 0))
    throw invalid("something follows the private key")
  return { ...(await importPrivateKey(parts, commentOf(file))), purpose: "ssh" }
}

function readParts(type: string, publicKey: SshReader, privateKey: SshReader, owned: DisposableStack): PrivateKeyParts {
  if (type === "ssh-rsa") return readRsa(publicKey, privateKey, owned)
  if (type === "ssh-ed25519") return readEd25519(publicKey, privateKey, owned)
  return readEcdsa(type, publicKey, privateKey, owned)
}

function readRsa(publicKey: SshReader, privateKey: SshReader, owned: DisposableStack): RsaPrivateParts {
  const [e, n] = [publicKey.unsignedMpint(), publicKey.unsignedMpint()]
  const [d, p, q] = [privateKey.unsignedMpint(), privateKey.unsignedMpint(), privateKey.unsignedMpint()]
  const qi = privateKey.unsignedMpint()
  const [dp, dq] = [owned.use(crtExponent(d, p)).bytes, owned.use(crtExponent(d, q)).bytes]
  return { kind: "rsa", n, e, d, p, q, dp, dq, qi }
}

/** PuTTY takes the private key for a number with its lowest byte first, and leaves out zeros at its end. */
function readEd25519(publicKey: SshReader, privateKey: SshReader, owned: DisposableStack): EdwardsPrivateParts {
  const expected = publicKey.string()
  const found = privateKey.string()
  if (found.length > edwardsKeyLength) throw invalid("an Ed25519 private key is not 32 bytes")
  const { bytes } = owned.use(Secret.ofSize(edwardsKeyLength))
  bytes.set(found)
  const parts: EdwardsPrivateParts = { kind: "ed25519", privateKey: bytes }
  if (Buffer.compare(edwardsPublicKeyOf(parts), expected) !== 0)
    throw invalid("the public key is of another private key")
  return parts
}

function readEcdsa(type: string, publicKey: SshReader, privateKey: SshReader, owned: DisposableStack): EcPrivateParts {
  const curve = curveOfSshName(publicKey.name())
  if (curve === null || opensshKeyType({ kind: "ec", curve }) !== type) throw invalid("the curve is not the key type's")
  const publicPoint = uncompressedPoint(curve, publicKey.string())
  const scalar = privateKey.unsignedMpint()
  const { size } = curves[curve]
  if (scalar.length > size) throw invalid("the private key is too long for its curve")
  const { bytes: d } = owned.use(Secret.ofSize(size))
  d.set(scalar, size - scalar.length)
  return { kind: "ec", curve, d, publicPoint }
}

/** One in another encoding than UTF-8 is dropped: it is a remark, not part of the key. */
function commentOf({ comment }: PuttyFile): string | null {
  return comment.length > 0 && isUtf8(comment) ? Buffer.from(comment).toString("utf8") : null
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `${where}: ${reason}`)
}
