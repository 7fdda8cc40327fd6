import type { KeyFormat } from "../../preload/contract/values.ts"

/** What a format is written for, and how it looks. */
interface FormatUses {
  /** the public half alone */
  readonly public: boolean
  /** a private or symmetric key that lies open in it */
  readonly open: boolean
  /** such a key under a passphrase */
  readonly encrypted: boolean
  readonly isText: boolean
}

const uses = {
  "pkcs8-pem": { public: false, open: true, encrypted: false, isText: true },
  "pkcs8-der": { public: false, open: true, encrypted: false, isText: false },
  "pkcs8-encrypted": { public: false, open: false, encrypted: true, isText: true },
  "spki-pem": { public: true, open: false, encrypted: false, isText: true },
  openssh: { public: true, open: true, encrypted: false, isText: true },
  "openssh-encrypted": { public: false, open: false, encrypted: true, isText: true },
  pkcs12: { public: false, open: false, encrypted: true, isText: false },
  jwk: { public: true, open: true, encrypted: false, isText: true },
  jwe: { public: false, open: false, encrypted: true, isText: true },
  openpgp: { public: true, open: true, encrypted: true, isText: true },
  raw: { public: false, open: true, encrypted: false, isText: false },
  hex: { public: false, open: true, encrypted: false, isText: true },
  age: { public: true, open: true, encrypted: true, isText: true },
} as const satisfies Record<KeyFormat, FormatUses>

type Use = "public" | "open" | "encrypted"
type FormatFor<U extends Use> = {
  [Format in KeyFormat]: (typeof uses)[Format][U] extends true ? Format : never
}[KeyFormat]

/** Formats of a public key alone. */
export type PublicFormat = FormatFor<"public">
/** Formats in which a private or symmetric key can lie open. */
export type OpenFormat = FormatFor<"open">
/** Formats that a passphrase can protect. */
export type EncryptedFormat = FormatFor<"encrypted">

export const isPublicFormat = (format: KeyFormat): format is PublicFormat => uses[format].public
export const isOpenFormat = (format: KeyFormat): format is OpenFormat => uses[format].open
export const isEncryptedFormat = (format: KeyFormat): format is EncryptedFormat => uses[format].encrypted
export const isTextFormat = (format: KeyFormat): boolean => uses[format].isText

const all = Object.keys(uses).filter((name): name is KeyFormat => name in uses)

export const keyFormats: readonly KeyFormat[] = all
export const publicFormats: readonly PublicFormat[] = all.filter(isPublicFormat)
export const openFormats: readonly OpenFormat[] = all.filter(isOpenFormat)
export const encryptedFormats: readonly EncryptedFormat[] = all.filter(isEncryptedFormat)
