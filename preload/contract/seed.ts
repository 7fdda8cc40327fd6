import { z } from "zod"
import { keyOperations } from "./key.ts"
import { NewKeyName, NewRemark, NewTags } from "./new-names.ts"
import type { Operation } from "./operation.ts"
import { AgeRecipients, Bytes, Exportable, Id, KeyName, KeyState, Passphrase, Reason } from "./values.ts"

/** The official word lists of BIP-39, in its order. */
export const SeedLanguage = z.enum([
  "english",
  "japanese",
  "korean",
  "spanish",
  "chinese_simplified",
  "chinese_traditional",
  "french",
  "italian",
  "czech",
  "portuguese",
])
export type SeedLanguage = z.infer<typeof SeedLanguage>

export const WordCount = z.union([z.literal(12), z.literal(15), z.literal(18), z.literal(21), z.literal(24)])
export type WordCount = z.infer<typeof WordCount>

/** How addresses are made and written: BIP-44, 49, 84 and 86 of Bitcoin, Ethereum (EIP-55), Solana (SLIP-10). */
export const AddressStandard = z.enum(["bip44", "bip49", "bip84", "bip86", "eth", "sol"])
export type AddressStandard = z.infer<typeof AddressStandard>

/** How a seed comes in; `auto` tells them apart. */
export const SeedFormat = z.enum(["auto", "bip39", "slip39", "entropy-hex", "xprv"])
export type SeedFormat = z.infer<typeof SeedFormat>

/** Groups of shares and how many of them it takes (SLIP-39). */
export const SharePlan = z.strictObject({
  groupThreshold: z.int().min(1).max(16),
  groups: z
    .array(z.strictObject({ threshold: z.int().min(1).max(16), count: z.int().min(1).max(16) }))
    .min(1)
    .max(16),
})
export type SharePlan = z.infer<typeof SharePlan>

const metadata = {
  keyring: KeyName.optional(),
  owner: NewRemark.optional(),
  environment: NewRemark.optional(),
  tags: NewTags.default([]),
  exportable: Exportable.optional(),
}

/** What is told of a seed: never its words. */
const SeedObject = z.object({
  name: z.string(),
  id: Id,
  /** Of the master key without a BIP-39 passphrase: 8 hexadecimal digits, as wallets show it. */
  fingerprint: z.string(),
  /** How many, of a seed that has words. */
  words: z.int().optional(),
  language: SeedLanguage.optional(),
  version: z.int(),
  state: KeyState,
  /** Of one that came in: what a person should know, without any of its words. */
  warnings: z.array(z.string()).optional(),
})
export type SeedObject = z.infer<typeof SeedObject>

const which = { name: KeyName, version: z.int().min(1).optional() }
const inWallet = { ...which, bip39Passphrase: Passphrase.optional() }

const WalletAddress = z.object({ path: z.string(), address: z.string() })

/** One that was given out. */
const GivenAddress = WalletAddress.extend({ standard: z.string(), fingerprint: z.string() })
export type GivenAddress = z.infer<typeof GivenAddress>

/** What BIP-85 makes of a seed. */
export const ChildKind = z.union([
  z.strictObject({ kind: z.literal("bip39"), words: WordCount.default(12), language: SeedLanguage.default("english") }),
  z.strictObject({ kind: z.literal("hex"), bytes: z.int().min(16).max(64).default(32) }),
  z.strictObject({ kind: z.enum(["wif", "xprv"]) }),
  z.strictObject({ kind: z.literal("base64"), length: z.int().min(20).max(86).default(24) }),
  z.strictObject({ kind: z.literal("base85"), length: z.int().min(10).max(80).default(12) }),
])
export type ChildKind = z.infer<typeof ChildKind>

/** A seed leaves encrypted only: to recipients, under a passphrase, or one key of it as a keystore of Ethereum. */
export const SeedProtection = z.union([
  z.strictObject({ kind: z.literal("recipients"), recipients: AgeRecipients }),
  z.strictObject({ kind: z.literal("passphrase"), passphrase: Passphrase }),
  z.strictObject({
    kind: z.literal("keystore-v3"),
    path: z.string().max(512),
    passphrase: Passphrase,
    bip39Passphrase: Passphrase.optional(),
  }),
])

export const seedOperations = {
  "seed.generate": {
    input: z.strictObject({
      name: NewKeyName,
      words: WordCount.default(24),
      language: SeedLanguage.default("english"),
      /** Throws of dice or coins, as text; mixed with the system's randomness, never used alone. */
      dice: Bytes.optional(),
      ...metadata,
    }),
    output: SeedObject,
  },
  "seed.import": {
    input: z.strictObject({
      name: NewKeyName,
      file: Bytes,
      format: SeedFormat.default("auto"),
      language: SeedLanguage.optional(),
      /** Of SLIP-39 shares. */
      sharesPassphrase: Passphrase.optional(),
      ...metadata,
    }),
    output: SeedObject,
  },
  "seed.combine": {
    input: z.strictObject({
      name: NewKeyName,
      shares: z.array(Bytes).min(1).max(256),
      /** What was split: the entropy of a phrase, or a seed of SLIP-39's own. */
      kind: z.enum(["bip39", "slip39"]).default("bip39"),
      language: SeedLanguage.default("english"),
      sharesPassphrase: Passphrase.optional(),
      ...metadata,
    }),
    output: SeedObject,
  },
  "seed.list": { input: z.strictObject({}), output: z.object({ seeds: z.array(SeedObject) }) },
  "seed.reveal": {
    input: z.strictObject({ ...which, passphrase: Passphrase, confirmed: z.boolean() }),
    /** `revealed` carries the seed: words, or of a seed that has none its hexadecimal digits or its xprv. */
    output: SeedObject.extend({ revealed: Bytes }),
  },
  "seed.verify": {
    input: z.strictObject({ ...which, copy: Bytes }),
    output: z.object({ matches: z.boolean(), wrongPositions: z.array(z.int()).optional() }),
  },
  "seed.addresses": {
    input: z.strictObject({
      ...inWallet,
      standard: AddressStandard,
      account: z
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .optional(),
      /** Instead of the account: where its key is. */
      path: z.string().max(512).optional(),
      change: z.boolean().default(false),
      start: z.int().min(0).default(0),
      count: z.int().min(1).max(10_000).default(20),
    }),
    output: z.object({ path: z.string(), fingerprint: z.string(), addresses: z.array(WalletAddress) }),
  },
  /** The addresses that were given out; needs no seed. */
  "seed.given": {
    input: z.strictObject(which),
    output: SeedObject.extend({ addresses: z.array(GivenAddress) }),
  },
  "seed.xpub": {
    input: z.strictObject({
      ...inWallet,
      standard: AddressStandard.optional(),
      account: z
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .optional(),
      path: z.string().max(512).optional(),
    }),
    output: z.object({
      xpub: z.string(),
      fingerprint: z.string(),
      path: z.string(),
      /** For wallets of Bitcoin: both chains in one, and each by itself. */
      descriptor: z.string().optional(),
      receivingDescriptor: z.string().optional(),
      changeDescriptor: z.string().optional(),
    }),
  },
  "seed.split": {
    input: z.strictObject({
      ...which,
      plan: SharePlan,
      sharesPassphrase: Passphrase.optional(),
      passphrase: Passphrase,
      confirmed: z.boolean(),
    }),
    /** `shares` carry the seed, together: a list for each group. */
    output: SeedObject.extend({ shares: z.array(z.array(Bytes)) }),
  },
  "seed.child": {
    input: z.strictObject({
      ...inWallet,
      child: ChildKind,
      /** The next one that was not given yet, unless told. */
      index: z
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .optional(),
      /** Keeps a phrase in the vault, as a seed of its own; else the child is handed out. */
      as: NewKeyName.optional(),
      passphrase: Passphrase,
      confirmed: z.boolean(),
    }),
    output: z.object({
      path: z.string(),
      index: z.int(),
      /** Carries a secret: the child. */
      child: Bytes.optional(),
      seed: SeedObject.optional(),
    }),
  },
  "seed.rotate": {
    input: z.strictObject({ name: KeyName, reason: Reason.optional(), dice: Bytes.optional() }),
    /** What the old seed's addresses may still hold is to be moved from there. */
    output: SeedObject.extend({ moveFrom: z.array(GivenAddress) }),
  },
  "seed.destroy": keyOperations["key.destroy"],
  "seed.schedule-destroy": keyOperations["key.schedule-destroy"],
  "seed.export": {
    input: z.strictObject({
      ...which,
      protection: SeedProtection,
    }),
    /** `exported` carries the seed, encrypted. */
    output: z.object({ exported: Bytes, name: z.string(), version: z.int() }),
  },
} as const satisfies Record<string, Operation>
