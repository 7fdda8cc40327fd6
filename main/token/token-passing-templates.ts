import pkcs11js from "pkcs11js"
import type { Purpose } from "../../preload/contract/values.ts"
import {
  type KeyTemplateChoices,
  kept,
  named,
  ofPrivateHalf,
  ofPublicHalf,
  type Template,
  usageAttributes,
  usageFlags,
} from "./token-templates.ts"

const {
  CKA_CLASS,
  CKA_EXTRACTABLE,
  CKA_KEY_TYPE,
  CKA_LOCAL,
  CKA_MODULUS_BITS,
  CKA_PRIVATE,
  CKA_PUBLIC_EXPONENT,
  CKA_SENSITIVE,
  CKA_TOKEN,
  CKK_AES,
  CKK_GENERIC_SECRET,
  CKO_PRIVATE_KEY,
  CKO_PUBLIC_KEY,
  CKO_SECRET_KEY,
} = pkcs11js

/** A pair by which secrets come into the token; it ends with the session. */
export function transportPair(bits: number): { readonly publicKey: Template; readonly privateKey: Template } {
  return {
    publicKey: [
      { type: CKA_TOKEN, value: false },
      { type: CKA_PRIVATE, value: false },
      { type: CKA_MODULUS_BITS, value: bits },
      { type: CKA_PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) },
      ...usageFlags(ofPublicHalf, ["wrap"]),
    ],
    privateKey: [
      { type: CKA_TOKEN, value: false },
      { type: CKA_PRIVATE, value: true },
      { type: CKA_SENSITIVE, value: true },
      { type: CKA_EXTRACTABLE, value: false },
      ...usageFlags(ofPrivateHalf, ["unwrap"]),
    ],
  }
}

/** The key in between: it opens one secret, and is gone. */
export const transportKey: Template = [
  { type: CKA_CLASS, value: CKO_SECRET_KEY },
  { type: CKA_KEY_TYPE, value: CKK_AES },
  { type: CKA_TOKEN, value: false },
  { type: CKA_PRIVATE, value: true },
  { type: CKA_SENSITIVE, value: true },
  { type: CKA_EXTRACTABLE, value: false },
  ...usageFlags([...ofPublicHalf, ...ofPrivateHalf], ["unwrap"]),
]

/** A secret on its way through the token: to be wrapped, or to be read. It ends with the session. */
export function passingSecret({ isReadable }: { readonly isReadable: boolean }): Template {
  return [
    { type: CKA_CLASS, value: CKO_SECRET_KEY },
    { type: CKA_KEY_TYPE, value: CKK_GENERIC_SECRET },
    { type: CKA_TOKEN, value: false },
    { type: CKA_PRIVATE, value: true },
    { type: CKA_SENSITIVE, value: !isReadable },
    { type: CKA_EXTRACTABLE, value: true },
  ]
}

/** What a key that is brought along is made with: how long it is, and on which curve, it says itself. */
export function broughtKeyTemplate(choices: KeyTemplateChoices, isSecretKey: boolean): Template {
  return [
    { type: CKA_CLASS, value: isSecretKey ? CKO_SECRET_KEY : CKO_PRIVATE_KEY },
    ...named(choices),
    ...kept,
    ...usageAttributes(choices.purpose, isSecretKey ? [...ofPublicHalf, ...ofPrivateHalf] : ofPrivateHalf),
  ]
}

/** The public half of a key that was brought along. */
export function broughtPublicKeyTemplate(choices: KeyTemplateChoices, parts: Template): Template {
  return [
    { type: CKA_CLASS, value: CKO_PUBLIC_KEY },
    ...named(choices),
    { type: CKA_PRIVATE, value: false },
    ...parts,
    ...usageAttributes(choices.purpose, ofPublicHalf),
  ]
}

/** What a key that was brought along must say of itself: that the token keeps it, and that it is not the only one that ever had it. */
export function expectedClaimsOfBrought(purpose: Purpose, isSecretKey: boolean): Template {
  return [
    ...kept,
    { type: CKA_LOCAL, value: false },
    ...usageAttributes(purpose, isSecretKey ? [...ofPublicHalf, ...ofPrivateHalf] : ofPrivateHalf),
  ]
}
