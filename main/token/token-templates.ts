import pkcs11js from "pkcs11js"
import type { Algorithm, Purpose } from "../../preload/contract/values.ts"
import { derElement, derObjectIdentifier, encodeDer } from "../crypto/asn1/der-writer.ts"
import { VaultError } from "../domain/vault-error.ts"
import { curves } from "./token-curves.ts"

const {
  CKA_ALWAYS_SENSITIVE,
  CKA_CLASS,
  CKA_DECRYPT,
  CKA_DERIVE,
  CKA_EC_PARAMS,
  CKA_ENCRYPT,
  CKA_EXTRACTABLE,
  CKA_ID,
  CKA_KEY_TYPE,
  CKA_LABEL,
  CKA_MODULUS_BITS,
  CKA_NEVER_EXTRACTABLE,
  CKA_PRIVATE,
  CKA_PUBLIC_EXPONENT,
  CKA_SENSITIVE,
  CKA_SIGN,
  CKA_TOKEN,
  CKA_UNWRAP,
  CKA_VALUE_LEN,
  CKA_VERIFY,
  CKA_WRAP,
  CKK_AES,
  CKK_EC,
  CKK_GENERIC_SECRET,
  CKK_RSA,
  CKO_PRIVATE_KEY,
  CKO_PUBLIC_KEY,
  CKO_SECRET_KEY,
} = pkcs11js

/** CKK_EC_EDWARDS of PKCS#11 3.0. */
export const CKK_EC_EDWARDS = 0x40

/** One attribute: which, and its value. */
interface Attribute {
  readonly type: number
  readonly value: boolean | number | string | Buffer
}
export type Template = Attribute[]

/** The usages that a token knows; a key has those of its purpose, and the others are ruled out by name. */
export const tokenUsages = {
  sign: CKA_SIGN,
  verify: CKA_VERIFY,
  encrypt: CKA_ENCRYPT,
  decrypt: CKA_DECRYPT,
  wrap: CKA_WRAP,
  unwrap: CKA_UNWRAP,
  derive: CKA_DERIVE,
} as const
type TokenUsage = keyof typeof tokenUsages
export const tokenUsageNames = ["sign", "verify", "encrypt", "decrypt", "wrap", "unwrap", "derive"] as const

const signing: readonly TokenUsage[] = ["sign", "verify"]
/** One key, one job: no purpose has both a use that hides and one that brings out what another has hidden. */
const usagesOf: Readonly<Partial<Record<Purpose, readonly TokenUsage[]>>> = {
  signature: signing,
  authentication: signing,
  ssh: signing,
  "certificate-authority": signing,
  mac: signing,
  encryption: ["encrypt", "decrypt"],
  "key-wrapping": ["wrap", "unwrap"],
  "key-agreement": ["derive"],
}

export const ofPublicHalf: readonly TokenUsage[] = ["verify", "encrypt", "wrap"]
export const ofPrivateHalf: readonly TokenUsage[] = ["sign", "decrypt", "unwrap", "derive"]

export interface KeyTemplateChoices {
  readonly algorithm: Algorithm
  readonly purpose: Purpose
  readonly label: string
  /** CKA_ID, which no other key in the token has. */
  readonly id: Uint8Array
}

export interface KeyPairTemplates {
  readonly publicKey: Template
  readonly privateKey: Template
}

/**
 * What the two halves of a key pair are made with: as it should be, and for tokens that take no usages for the public half. A TPM mixes
 * them up with those of the private one.
 */
export function keyPairTemplates(choices: KeyTemplateChoices): readonly [KeyPairTemplates, KeyPairTemplates] {
  const common = named(choices)
  const publicKey = [
    { type: CKA_CLASS, value: CKO_PUBLIC_KEY },
    ...common,
    { type: CKA_PRIVATE, value: false },
    ...parameters(choices.algorithm),
  ]
  const privateKey = [
    { type: CKA_CLASS, value: CKO_PRIVATE_KEY },
    ...common,
    ...kept,
    ...usageAttributes(choices.purpose, ofPrivateHalf),
  ]
  const withUsages = [...publicKey, ...usageAttributes(choices.purpose, ofPublicHalf)]
  return [
    { publicKey: withUsages, privateKey },
    { publicKey, privateKey },
  ]
}

/** What a secret key is made with. */
export function secretKeyTemplate(choices: KeyTemplateChoices): Template {
  return [
    { type: CKA_CLASS, value: CKO_SECRET_KEY },
    ...named(choices),
    ...kept,
    { type: CKA_VALUE_LEN, value: secretLength(choices.algorithm) },
    ...usageAttributes(choices.purpose, [...ofPublicHalf, ...ofPrivateHalf]),
  ]
}

/**
 * What a key that was made here must say of itself when it is asked. CKA_LOCAL is not asked for: NSS says of none that it was made there,
 * and whoever never was extractable was not brought in either.
 */
export function expectedClaims(purpose: Purpose, isSecretKey: boolean): Template {
  const usable = isSecretKey ? [...ofPublicHalf, ...ofPrivateHalf] : ofPrivateHalf
  return [
    ...kept,
    { type: CKA_ALWAYS_SENSITIVE, value: true },
    { type: CKA_NEVER_EXTRACTABLE, value: true },
    ...usageAttributes(purpose, usable),
  ]
}

/** In the token for good, for its user alone, and never readable outside of it. */
export const kept: Template = [
  { type: CKA_TOKEN, value: true },
  { type: CKA_PRIVATE, value: true },
  { type: CKA_SENSITIVE, value: true },
  { type: CKA_EXTRACTABLE, value: false },
]

export function named({ algorithm, label, id }: KeyTemplateChoices): Template {
  return [
    { type: CKA_TOKEN, value: true },
    { type: CKA_KEY_TYPE, value: keyType(algorithm) },
    { type: CKA_LABEL, value: label },
    { type: CKA_ID, value: Buffer.from(id) },
  ]
}

export function usageAttributes(purpose: Purpose, usable: readonly TokenUsage[]): Template {
  const wanted = usagesOf[purpose]
  if (wanted === undefined) throw new VaultError("POLICY_DENIED", `purpose: keys for ${purpose} do not live in tokens`)
  return usageFlags(usable, wanted)
}

/** Each of them, and whether it is wanted. */
export function usageFlags(usable: readonly TokenUsage[], wanted: readonly TokenUsage[]): Template {
  return usable.map((usage) => ({ type: tokenUsages[usage], value: wanted.includes(usage) }))
}

function keyType(algorithm: Algorithm): number {
  if (algorithm.startsWith("rsa-")) return CKK_RSA
  if (algorithm.startsWith("ec-")) return CKK_EC
  if (algorithm === "ed25519") return CKK_EC_EDWARDS
  return algorithm.startsWith("aes-") ? CKK_AES : CKK_GENERIC_SECRET
}

function parameters(algorithm: Algorithm): Template {
  if (algorithm.startsWith("rsa-")) {
    return [
      { type: CKA_MODULUS_BITS, value: Number(algorithm.slice("rsa-".length)) },
      { type: CKA_PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) },
    ]
  }
  return [{ type: CKA_EC_PARAMS, value: ecParameters(algorithm) }]
}

/** PKCS#11 3.0, section 2.3.3: a named curve by its object identifier, an Edwards curve by its name, as a PrintableString. */
export function ecParameters(algorithm: Algorithm): Buffer {
  if (algorithm === "ed25519") return Buffer.from(encodeDer(derElement(0x13, Buffer.from("edwards25519"))))
  const curve = curves.find((known) => known.algorithm === algorithm)
  if (curve === undefined) throw new VaultError("INVALID_INPUT", `algorithm: no token makes keys of ${algorithm}`)
  return Buffer.from(encodeDer(derObjectIdentifier(curve.identifier)))
}

/** In bytes. */
function secretLength(algorithm: Algorithm): number {
  const bits = /^(?:aes-|hmac-sha)([0-9]+)$/.exec(algorithm)?.[1]
  if (bits === undefined) throw new VaultError("INVALID_INPUT", `algorithm: no token makes keys of ${algorithm}`)
  return Number(bits) / 8
}
