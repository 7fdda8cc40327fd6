import { generateMaterial } from "../../main/crypto/algorithms/material.ts"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import type { Imported, ImportedKey } from "../../main/crypto/formats/imported-key.ts"
import { Secret } from "../../main/domain/secret.ts"
import type { Algorithm } from "../../preload/contract/values.ts"

/** What Debian's openssl knows as well. */
export const classicalAlgorithms = [
  "rsa-2048",
  "rsa-3072",
  "rsa-4096",
  "ec-p256",
  "ec-p384",
  "ec-p521",
  "ec-secp256k1",
  "ed25519",
  "x25519",
] as const satisfies readonly Algorithm[]

export const postQuantumAlgorithms = [
  "ml-kem-512",
  "ml-kem-768",
  "ml-kem-1024",
  "ml-dsa-44",
  "ml-dsa-65",
  "ml-dsa-87",
  "slh-dsa-sha2-128s",
  "slh-dsa-sha2-256s",
] as const satisfies readonly Algorithm[]

export const asymmetricAlgorithms = [...classicalAlgorithms, ...postQuantumAlgorithms] as const

/** Those that can certify themselves; the others only agree on keys. */
export const signingAlgorithms = asymmetricAlgorithms.filter(
  (algorithm) => algorithm !== "x25519" && !algorithm.startsWith("ml-kem"),
)

export const symmetricAlgorithms = [
  "aes-128",
  "aes-192",
  "aes-256",
  "chacha20-poly1305",
  "hmac-sha256",
  "hmac-sha384",
  "hmac-sha512",
] as const satisfies readonly Algorithm[]

const made = new Map<Algorithm, Uint8Array>()

/** Key material of an algorithm, made once: RSA and SLH-DSA are slow. The secret is a copy that the caller disposes of. */
export async function sampleKey(algorithm: Algorithm): Promise<Secret> {
  const known = made.get(algorithm)
  if (known !== undefined) return Secret.copyOf(known)
  const material = await generateMaterial(algorithm)
  made.set(algorithm, material.bytes)
  return Secret.copyOf(material.bytes)
}

export function passphrase(text: string): Secret {
  return Secret.copyOf(Buffer.from(text))
}

/** The only key in a file that tells its format itself. */
export async function onlyKeyIn(file: Uint8Array, secret: Secret | null = null): Promise<ImportedKey> {
  const { keys } = await importKeys(file, { format: "auto", passphrase: secret })
  const [key] = found(keys)
  if (key === undefined || keys.length !== 1) throw new Error("not one key")
  return key
}

/** The keys of a file of which none was refused. */
export function found(keys: readonly Imported[]): ImportedKey[] {
  return keys.map((key) => {
    if ("refusal" in key) throw key.refusal
    return key
  })
}
