import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { edwardsPublicKeyOf } from "./edwards-private-key.ts"
import { curves, uncompressedPoint } from "./elliptic-curves.ts"
import type { EcPrivateParts, EdwardsPrivateParts, PrivateKeyParts, RsaPrivateParts } from "./key-parts.ts"
import { curveOfSshName, opensshKeyType, sshCurveName } from "./openssh-public-key.ts"
import { crtExponent } from "./rsa-numbers.ts"
import { type SshReader, sshMpint, sshString, sshText } from "./ssh-wire.ts"

/** Types ssh-keygen writes that are not taken, with the reason. */
const refusedTypes: Readonly<Record<string, string>> = {
  "ssh-dss": "DSA keys are not supported",
  "sk-ssh-ed25519@openssh.com": "the private key is on a security key, not in the file",
  "sk-ecdsa-sha2-nistp256@openssh.com": "the private key is on a security key, not in the file",
}

/** @throws INVALID_INPUT for a type that is not taken, with the reason */
export function requireOpensshType(type: string): void {
  const isTaken = type === "ssh-rsa" || type === "ssh-ed25519" || /^ecdsa-sha2-nistp(?:256|384|521)$/.test(type)
  if (!isTaken) throw invalid(refusedTypes[type] ?? "the key's type is not supported")
}

/**
 * Reads the type and the numbers of one private key in OpenSSH's private section (PROTOCOL.key, section 3; the field order of ssh-agent,
 * draft-ietf-sshm-ssh-agent, 3.2). The parts are views, or secrets given to `owned`.
 *
 * @throws INVALID_INPUT when a field is not what the type asks for
 */
export function readPrivateFields(reader: SshReader, owned: DisposableStack): PrivateKeyParts {
  const type = reader.name()
  requireOpensshType(type)
  switch (type) {
    case "ssh-rsa":
      return readRsa(reader, owned)
    case "ssh-ed25519":
      return readEd25519(reader)
    default:
      return readEcdsa(reader, type, owned)
  }
}

function readRsa(reader: SshReader, owned: DisposableStack): RsaPrivateParts {
  const [n, e, d, qi] = [reader.unsignedMpint(), reader.unsignedMpint(), reader.unsignedMpint(), reader.unsignedMpint()]
  const [p, q] = [reader.unsignedMpint(), reader.unsignedMpint()]
  const dp = owned.use(crtExponent(d, p)).bytes
  const dq = owned.use(crtExponent(d, q)).bytes
  return { kind: "rsa", n, e, d, p, q, dp, dq, qi }
}

function readEd25519(reader: SshReader): EdwardsPrivateParts {
  const publicKey = reader.string()
  const pair = reader.string()
  if (pair.length !== 64) throw invalid("an Ed25519 private key is not 64 bytes")
  const parts: EdwardsPrivateParts = { kind: "ed25519", privateKey: pair.subarray(0, 32) }
  // The public key stands here twice, and both times must be the one of this seed.
  const expected = edwardsPublicKeyOf(parts)
  const areEqual = [publicKey, pair.subarray(32)].every((found) => Buffer.compare(found, expected) === 0)
  if (!areEqual) throw invalid("the public key is of another private key")
  return parts
}

function readEcdsa(reader: SshReader, type: string, owned: DisposableStack): EcPrivateParts {
  const curve = curveOfSshName(reader.name())
  if (curve === null || opensshKeyType({ kind: "ec", curve }) !== type) throw invalid("the curve is not the key type's")
  const publicPoint = uncompressedPoint(curve, reader.string())
  const scalar = reader.unsignedMpint()
  const { size } = curves[curve]
  if (scalar.length > size) throw invalid("the private key is too long for its curve")
  const d = owned.use(Secret.ofSize(size)).bytes
  d.set(scalar, size - scalar.length)
  return { kind: "ec", curve, d, publicPoint }
}

/**
 * The type and the numbers of a private key, as parts to be concatenated.
 *
 * @returns null for an algorithm that SSH does not have
 */
export function privateFields(parts: PrivateKeyParts): Uint8Array[] | null {
  const type = opensshKeyType(parts)
  if (type === null) return null
  return [...sshText(type), ...numbers(parts)]
}

function numbers(parts: PrivateKeyParts): Uint8Array[] {
  switch (parts.kind) {
    case "rsa":
      return [parts.n, parts.e, parts.d, parts.qi, parts.p, parts.q].flatMap(sshMpint)
    case "ec":
      return [...sshText(sshCurveName(parts.curve) ?? ""), ...sshString(parts.publicPoint), ...sshMpint(parts.d)]
    case "ed25519":
    case "x25519": {
      const publicKey = edwardsPublicKeyOf(parts)
      return [...sshString(publicKey), ...sshString(parts.privateKey, publicKey)]
    }
    // SSH has no type for them, so that this is never asked.
    case "lattice":
    case "slh-dsa":
      return []
  }
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `OpenSSH key: ${reason}`)
}
