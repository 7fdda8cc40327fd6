import { createHash, createPublicKey } from "node:crypto"

/** What a signature of `ssh-keygen -Y` is made over and made of (OpenSSH's PROTOCOL.sshsig). */
const magic = Buffer.from("SSHSIG")
const namespace = "file"
const hashName = "sha512"

export interface SshSignature {
  readonly publicKey: Uint8Array
  readonly algorithm: string
  readonly blob: Uint8Array
}

/** The bytes that an SSH signature of the message signs. */
export function signedData(message: Uint8Array): Uint8Array {
  const digest = createHash(hashName).update(message).digest()
  return Buffer.concat([magic, ...[namespace, "", hashName, digest].map(sshString)])
}

/** The armoured file that `ssh-keygen -Y verify -s` reads. */
export function sshSignatureFile({ publicKey, algorithm, blob }: SshSignature): string {
  const signature = Buffer.concat([sshString(algorithm), sshString(blob)])
  const version = Buffer.from([0, 0, 0, 1])
  const fields = [publicKey, namespace, "", hashName, signature].map(sshString)
  const body = Buffer.concat([magic, version, ...fields])
    .toString("base64")
    .replace(/.{1,70}/g, "$&\n")
  return `-----BEGIN SSH SIGNATURE-----\n${body}-----END SSH SIGNATURE-----\n`
}

/** Takes the file that `ssh-keygen -Y sign` wrote apart. */
export function parseSshSignatureFile(text: string): SshSignature {
  const body = Buffer.from(text.replace(/-----.*-----/g, ""), "base64")
  const [publicKey, , , , signature] = sshStrings(body.subarray(magic.length + 4))
  const [algorithm, blob] = sshStrings(signature ?? body)
  if (publicKey === undefined || algorithm === undefined || blob === undefined) throw new Error("no SSH signature")
  return { publicKey, algorithm: algorithm.toString(), blob }
}

/** The public key as OpenSSH writes it (RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4). */
export function sshPublicKey(spki: Uint8Array): Buffer {
  const { kty, crv, n, e, x, y } = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" }).export({
    format: "jwk",
  })
  if (kty === "RSA") return Buffer.concat([sshString("ssh-rsa"), mpint(fromBase64Url(e)), mpint(fromBase64Url(n))])
  if (kty === "OKP") return Buffer.concat([sshString("ssh-ed25519"), sshString(fromBase64Url(x))])
  const curve = `nistp${crv?.slice(2)}`
  const point = Buffer.concat([Buffer.from([4]), fromBase64Url(x), fromBase64Url(y)])
  return Buffer.concat([`ecdsa-sha2-${curve}`, curve, point].map(sshString))
}

/** The SubjectPublicKeyInfo of a public key in OpenSSH's form. */
export function spkiOf(publicKey: Uint8Array): Uint8Array {
  const [name, second, third] = sshStrings(Buffer.from(publicKey))
  const kind = name?.toString() ?? ""
  const jwk =
    kind === "ssh-rsa"
      ? { kty: "RSA", e: toBase64Url(second), n: toBase64Url(third) }
      : kind === "ssh-ed25519"
        ? { kty: "OKP", crv: "Ed25519", x: toBase64Url(second) }
        : ecJwk(kind.slice(-3), third ?? Buffer.alloc(0))
  return createPublicKey({ key: jwk, format: "jwk" }).export({ format: "der", type: "spki" })
}

/** r and s of fixed length as the two mpints of RFC 5656, 3.1.2. */
export function ecdsaBlob(fixed: Uint8Array): Uint8Array {
  const half = fixed.length / 2
  return Buffer.concat([mpint(fixed.subarray(0, half)), mpint(fixed.subarray(half))])
}

/** The other way round. @param size - bytes of each half */
export function ecdsaFixed(blob: Uint8Array, size: number): Uint8Array {
  const halves = sshStrings(Buffer.from(blob))
  return Buffer.concat(halves.map((half) => Buffer.concat([Buffer.alloc(size), half]).subarray(-size)))
}

function ecJwk(bits: string, point: Buffer) {
  const size = (point.length - 1) / 2
  return {
    kty: "EC",
    crv: `P-${bits}`,
    x: toBase64Url(point.subarray(1, 1 + size)),
    y: toBase64Url(point.subarray(1 + size)),
  }
}

function sshString(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function sshStrings(bytes: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 + bytes.readUInt32BE(at)
    found.push(bytes.subarray(at + 4, end))
    at = end
  }
  return found
}

/** A positive mpint (RFC 4251, 5): no leading zero octets but the one that keeps the sign. */
function mpint(magnitude: Uint8Array): Buffer {
  const start = magnitude.findIndex((octet) => octet !== 0)
  const minimal = magnitude.subarray(start)
  return sshString((minimal[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), minimal]) : minimal)
}

function fromBase64Url(text: string | undefined): Buffer {
  return Buffer.from(text ?? "", "base64url")
}

/** Without the sign octet, which a JWK has not. */
function toBase64Url(integer: Buffer | undefined): string {
  const bytes = integer ?? Buffer.alloc(0)
  return (bytes.length % 2 === 1 && bytes[0] === 0 ? bytes.subarray(1) : bytes).toString("base64url")
}
