import { concatenated } from "./concatenated.ts"
import type { EcCurve } from "./elliptic-curves.ts"
import type { PublicKeyParts } from "./key-parts.ts"
import { sshMpint, sshString, sshText } from "./ssh-wire.ts"

/** The NIST curves by their SSH names (RFC 5656, 10.1); SSH has no secp256k1. */
const sshCurveNames: Readonly<Partial<Record<EcCurve, string>>> = {
  p256: "nistp256",
  p384: "nistp384",
  p521: "nistp521",
}

/** SSH's name for a curve, or null where it has none. */
export function sshCurveName(curve: EcCurve): string | null {
  return sshCurveNames[curve] ?? null
}

/** The curve SSH calls so, or null. */
export function curveOfSshName(name: string): EcCurve | null {
  const curves: readonly EcCurve[] = ["p256", "p384", "p521"]
  return curves.find((curve) => sshCurveNames[curve] === name) ?? null
}

/** The public key type of OpenSSH ("ssh-ed25519"), or null for an algorithm that SSH does not have. */
export function opensshKeyType(
  parts: { kind: Exclude<PublicKeyParts["kind"], "ec"> } | { kind: "ec"; curve: EcCurve },
): string | null {
  switch (parts.kind) {
    case "rsa":
      return "ssh-rsa"
    case "ed25519":
      return "ssh-ed25519"
    case "ec": {
      const curve = sshCurveName(parts.curve)
      return curve === null ? null : `ecdsa-sha2-${curve}`
    }
    case "x25519":
    case "lattice":
    case "slh-dsa":
      return null
  }
}

/** The public key blob: RFC 4253 6.6 (RSA), RFC 5656 3.1 (ECDSA), RFC 8709 4 (Ed25519). Null for an algorithm that SSH does not have. */
export function opensshBlob(parts: PublicKeyParts): Uint8Array<ArrayBuffer> | null {
  const type = opensshKeyType(parts)
  if (type === null) return null
  return concatenated([...sshText(type), ...publicFields(parts)])
}

function publicFields(parts: PublicKeyParts): Uint8Array[] {
  switch (parts.kind) {
    case "rsa":
      return [...sshMpint(parts.e), ...sshMpint(parts.n)]
    case "ec":
      return [...sshText(sshCurveName(parts.curve) ?? ""), ...sshString(parts.publicPoint)]
    case "ed25519":
    case "x25519":
    case "lattice":
    case "slh-dsa":
      return sshString(parts.publicKey)
  }
}

/** The line of `id_….pub` and `authorized_keys`. Control characters in the comment become spaces: a line break there would start a line of its own. */
export function opensshPublicLine(parts: PublicKeyParts, comment: string | null): string | null {
  const blob = opensshBlob(parts)
  if (blob === null) return null
  const remark = oneLine(comment ?? "")
  return `${opensshKeyType(parts)} ${Buffer.from(blob).toString("base64")}${remark === "" ? "" : ` ${remark}`}\n`
}

/** The comment as OpenSSH can show it: control characters and line separators are spaces. */
export function oneLine(comment: string): string {
  return comment.replaceAll(/[\p{Cc}\u2028\u2029]/gu, " ").trim()
}
