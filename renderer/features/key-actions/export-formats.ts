import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { KeyFormat } from "../../../preload/contract/values.ts"

export type ExportKind = "public" | "encrypted" | "plaintext"
type Choice<Value> = { readonly value: Value; readonly label: string }

/** What a key's rule and kind allow, the safest first. */
export function kindsFor({ exportable, fingerprint, purpose, state }: KeyObject): readonly Choice<ExportKind>[] {
  const leaves = purpose !== "wallet" && !staying.has(state)
  return [
    ...(fingerprint === null ? [] : [{ value: "public", label: "Public key" } as const]),
    ...(exportable === "never" || !leaves ? [] : [{ value: "encrypted", label: "Encrypted" } as const]),
    ...(exportable === "yes" && leaves ? [{ value: "plaintext", label: "In the clear" } as const] : []),
  ]
}

/** A key that is out of use does not start a second life elsewhere. */
const staying: ReadonlySet<KeyObject["state"]> = new Set([
  "suspended",
  "compromised",
  "pending-destruction",
  "destroyed",
])

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

export function formatsFor(key: KeyObject, kind: ExportKind): readonly Choice<KeyFormat>[] {
  const fits = formsOf(key, kind)
  return formats[kind].filter((format) => fits[format] ?? fits.private).map((value) => ({ value, label: names[value] }))
}

const formats: Readonly<Record<ExportKind, readonly KeyFormat[]>> = {
  public: ["spki-pem", "openssh", "jwk", "openpgp", "age"],
  encrypted: ["pkcs8-encrypted", "openssh-encrypted", "pkcs12", "jwe", "openpgp", "age"],
  plaintext: ["pkcs8-pem", "pkcs8-der", "openssh", "jwk", "openpgp", "age", "raw", "hex"],
}

/** Whether a format has a form for such a key; `private` for those that take any private key. */
function formsOf(
  { algorithm, usages }: KeyObject,
  kind: ExportKind,
): Partial<Record<KeyFormat, boolean>> & { readonly private: boolean } {
  const isSymmetric = /^(aes|chacha20|hmac|secret)/.test(algorithm)
  const isSsh = /^(rsa|ed25519|ec-p)/.test(algorithm)
  return {
    private: !isSymmetric,
    openssh: isSsh,
    "openssh-encrypted": isSsh,
    pkcs12: isSsh,
    openpgp: isSsh && usages.includes("sign"),
    age: algorithm === "x25519" || (algorithm === "secret" && kind === "encrypted"),
    jwk: algorithm !== "secret",
    jwe: algorithm !== "secret",
    raw: isSymmetric,
    hex: isSymmetric,
  }
}
