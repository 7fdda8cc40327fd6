import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { KeyFormat } from "../../../preload/contract/values.ts"

export type ExportKind = "public" | "encrypted" | "plaintext"
type Choice<Value> = { readonly value: Value; readonly label: string }

/** What a key's rule and kind allow, the safest first. */
export function kindsFor({ exportable, fingerprint, algorithm }: KeyObject): readonly Choice<ExportKind>[] {
  return [
    ...(fingerprint === null ? [] : [{ value: "public", label: "Public key" } as const]),
    ...(exportable === "never" || algorithm === "secret" ? [] : [{ value: "encrypted", label: "Encrypted" } as const]),
    ...(exportable === "yes" ? [{ value: "plaintext", label: "In the clear" } as const] : []),
  ]
}

const names: Readonly<Record<KeyFormat, string>> = {
  "pkcs8-pem": "PKCS #8 (PEM)",
  "pkcs8-der": "PKCS #8 (DER)",
  "pkcs8-encrypted": "PKCS #8, encrypted (openssl)",
  "spki-pem": "SPKI (PEM)",
  openssh: "OpenSSH",
  "openssh-encrypted": "OpenSSH, encrypted",
  pkcs12: "PKCS #12",
  jwk: "JSON Web Key",
  jwe: "JWE",
  openpgp: "OpenPGP",
  raw: "Raw bytes",
  hex: "Hexadecimal",
  age: "age",
}

export function formatsFor({ algorithm }: KeyObject, kind: ExportKind): readonly Choice<KeyFormat>[] {
  return formatNames(algorithm, kind).map((value) => ({ value, label: names[value] }))
}

function formatNames(algorithm: KeyObject["algorithm"], kind: ExportKind): readonly KeyFormat[] {
  const isSymmetric = /^(aes|chacha20|hmac|secret)/.test(algorithm)
  const isSsh = /^(rsa|ed25519|ec-p)/.test(algorithm)
  if (kind === "public") return isSsh ? ["spki-pem", "openssh", "jwk"] : ["spki-pem", "jwk"]
  if (kind === "encrypted") {
    if (isSymmetric) return ["jwe"]
    return isSsh ? ["pkcs8-encrypted", "openssh-encrypted", "jwe"] : ["pkcs8-encrypted", "jwe"]
  }
  if (isSymmetric) return ["raw", "hex"]
  return isSsh ? ["pkcs8-pem", "openssh", "jwk"] : ["pkcs8-pem", "jwk"]
}
