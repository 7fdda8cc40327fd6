import pkcs11js from "pkcs11js"
import type { Algorithm, Mechanism } from "../../preload/contract/values.ts"
import { VaultError } from "../domain/vault-error.ts"

/** Of PKCS#11 3.0, which the library does not name. */
export const CKM_EC_EDWARDS_KEY_PAIR_GEN = 0x1055
export const CKM_EDDSA = 0x1057
export const CKM_AES_KEY_WRAP_KWP = 0x210b
/** Of PKCS#11 2.40, withdrawn since, because libraries padded in different ways: here it is what RFC 5649 says or is not used. */
export const CKM_AES_KEY_WRAP_PAD = 0x210a

const names: ReadonlyMap<number, string> = new Map([
  ...Object.entries(pkcs11js).flatMap(([name, value]): [number, string][] =>
    name.startsWith("CKM_") && typeof value === "number" ? [[value, name]] : [],
  ),
  [CKM_EC_EDWARDS_KEY_PAIR_GEN, "CKM_EC_EDWARDS_KEY_PAIR_GEN"],
  [CKM_EDDSA, "CKM_EDDSA"],
  [CKM_AES_KEY_WRAP_KWP, "CKM_AES_KEY_WRAP_KWP"],
  [CKM_AES_KEY_WRAP_PAD, "CKM_AES_KEY_WRAP_PAD"],
])

/** As PKCS#11 calls it; one that has no name here, by its number. */
export function mechanismName(mechanism: number): string {
  return names.get(mechanism) ?? `0x${mechanism.toString(16)}`
}

type Digest = "sha256" | "sha384" | "sha512"

/** How a token signs. The message is hashed here where that can be, since some tokens hash nothing and all of them are slow. */
export interface SignatureScheme {
  readonly digest: Digest | null
  readonly kind: "rsa-pss" | "rsa-pkcs1" | "ecdsa" | "eddsa"
  /** Whether the outcome is two numbers side by side (IEEE P1363), and not a sequence of them in DER. */
  readonly isP1363: boolean
}

/** @throws `INVALID_INPUT` for what tokens do not sign with */
export function signatureScheme(mechanism: Mechanism): SignatureScheme {
  if (mechanism === "ed25519") return { digest: null, kind: "eddsa", isP1363: false }
  const match = /^(rsa-pss|rsa-pkcs1|ecdsa)-(sha256|sha384|sha512)(-p1363)?$/.exec(mechanism)
  const [, kind, digest, p1363] = match ?? []
  if (isKind(kind) && isDigest(digest)) return { digest, kind, isP1363: p1363 !== undefined }
  throw new VaultError("INVALID_INPUT", "mechanism: no token signs so")
}

function isKind(text: string | undefined): text is "rsa-pss" | "rsa-pkcs1" | "ecdsa" {
  return text === "rsa-pss" || text === "rsa-pkcs1" || text === "ecdsa"
}

function isDigest(text: string | undefined): text is Digest {
  return text === "sha256" || text === "sha384" || text === "sha512"
}

const { CKM_SHA256, CKM_SHA384, CKM_SHA512, CKG_MGF1_SHA256, CKG_MGF1_SHA384, CKG_MGF1_SHA512 } = pkcs11js
const pssParameters = {
  sha256: { hashAlg: CKM_SHA256, mgf: CKG_MGF1_SHA256, saltLen: 32 },
  sha384: { hashAlg: CKM_SHA384, mgf: CKG_MGF1_SHA384, saltLen: 48 },
  sha512: { hashAlg: CKM_SHA512, mgf: CKG_MGF1_SHA512, saltLen: 64 },
} as const

/** The mechanism of PKCS#11, over the hash. */
export function signatureMechanism({ kind, digest }: SignatureScheme): pkcs11js.Mechanism {
  switch (kind) {
    case "rsa-pss":
      return {
        mechanism: pkcs11js.CKM_RSA_PKCS_PSS,
        parameter: { type: pkcs11js.CK_PARAMS_RSA_PSS, ...pssParameters[digest ?? "sha256"] },
      }
    case "rsa-pkcs1":
      return { mechanism: pkcs11js.CKM_RSA_PKCS }
    case "ecdsa":
      return { mechanism: pkcs11js.CKM_ECDSA }
    case "eddsa":
      return { mechanism: CKM_EDDSA }
  }
}

const hashing = {
  sha256: { "rsa-pss": pkcs11js.CKM_SHA256_RSA_PKCS_PSS, "rsa-pkcs1": pkcs11js.CKM_SHA256_RSA_PKCS },
  sha384: { "rsa-pss": pkcs11js.CKM_SHA384_RSA_PKCS_PSS, "rsa-pkcs1": pkcs11js.CKM_SHA384_RSA_PKCS },
  sha512: { "rsa-pss": pkcs11js.CKM_SHA512_RSA_PKCS_PSS, "rsa-pkcs1": pkcs11js.CKM_SHA512_RSA_PKCS },
} as const

/** The mechanism over the message itself; `null`: there is none. */
export function hashingMechanism(scheme: SignatureScheme): pkcs11js.Mechanism | null {
  const { kind, digest } = scheme
  if (digest === null || (kind !== "rsa-pss" && kind !== "rsa-pkcs1")) return null
  return { ...signatureMechanism(scheme), mechanism: hashing[digest][kind] }
}

const { CKM_SHA_1, CKG_MGF1_SHA1, CKM_RSA_PKCS_OAEP, CK_PARAMS_RSA_OAEP } = pkcs11js
/** CKZ_DATA_SPECIFIED: the label is empty. */
const specifiedSource = 1
const oaepParameters = {
  "rsa-oaep-sha256": { hashAlg: CKM_SHA256, mgf: CKG_MGF1_SHA256 },
  "rsa-oaep-sha1": { hashAlg: CKM_SHA_1, mgf: CKG_MGF1_SHA1 },
} as const

export function oaepMechanism(mechanism: keyof typeof oaepParameters): pkcs11js.Mechanism {
  const parameter = { type: CK_PARAMS_RSA_OAEP, source: specifiedSource, ...oaepParameters[mechanism] }
  return { mechanism: CKM_RSA_PKCS_OAEP, parameter }
}

const macs = {
  "hmac-sha256": { mechanism: pkcs11js.CKM_SHA256_HMAC, size: 32 },
  "hmac-sha384": { mechanism: pkcs11js.CKM_SHA384_HMAC, size: 48 },
  "hmac-sha512": { mechanism: pkcs11js.CKM_SHA512_HMAC, size: 64 },
} as const

/** How a key makes MACs, and how many bytes they have. @throws `INVALID_INPUT` */
export function macScheme(algorithm: Algorithm): { readonly mechanism: number; readonly size: number } {
  if (algorithm === "hmac-sha256" || algorithm === "hmac-sha384" || algorithm === "hmac-sha512") return macs[algorithm]
  throw new VaultError("INVALID_INPUT", `algorithm: ${algorithm} makes no MACs`)
}

/** The mechanism that makes keys of an algorithm. @throws `INVALID_INPUT` for an algorithm that tokens have not */
export function generationMechanism(algorithm: Algorithm): number {
  if (algorithm.startsWith("rsa-")) return pkcs11js.CKM_RSA_PKCS_KEY_PAIR_GEN
  if (algorithm.startsWith("ec-")) return pkcs11js.CKM_EC_KEY_PAIR_GEN
  if (algorithm === "ed25519") return CKM_EC_EDWARDS_KEY_PAIR_GEN
  if (algorithm.startsWith("aes-")) return pkcs11js.CKM_AES_KEY_GEN
  if (algorithm.startsWith("hmac-")) return pkcs11js.CKM_GENERIC_SECRET_KEY_GEN
  throw new VaultError("INVALID_INPUT", `algorithm: no token makes keys of ${algorithm}`)
}
