import { z } from "zod"
import { NewKeyringName } from "./new-names.ts"
import type { Operation } from "./operation.ts"
import { KeyringPolicy } from "./policy.ts"
import { PolicyFile } from "./policy-file.ts"
import { Id, KeyName, Pin, TokenUriText } from "./values.ts"

/** A compartment of the vault with a key-encryption key of its own. */
export const Keyring = z.object({
  id: Id,
  name: z.string(),
  purpose: z.enum(["general", "wallet"]),
  createdAt: z.string(),
  kekVersion: z.int(),
  keys: z.int(),
  /** The keys in tokens that hold it; one of them is needed for each use. Without any, the vault alone opens it. */
  tokens: z.array(z.object({ id: Id, uri: z.string(), addedAt: z.string() })),
})
export type Keyring = z.infer<typeof Keyring>

export const keyringOperations = {
  "keyring.list": { input: z.strictObject({}), output: z.object({ keyrings: z.array(Keyring) }) },
  "keyring.create": {
    input: z.strictObject({
      name: NewKeyringName,
      purpose: z.enum(["general", "wallet"]).default("general"),
      /** A token that is to hold it, in which a key is made for this; or a key that is in one. */
      token: TokenUriText.optional(),
      pin: Pin.optional(),
    }),
    output: Keyring,
  },
  /** Shows that a token opens the keyring. The login lasts until the vault is locked or the token is gone. */
  "keyring.unlock": {
    input: z.strictObject({
      name: KeyName,
      /** Which, where several that hold it are there. */
      token: TokenUriText.optional(),
      pin: Pin.optional(),
    }),
    output: Keyring,
  },
  /** Another token, whose PIN it is; one that holds the keyring already is logged in. */
  "keyring.enroll": {
    input: z.strictObject({ name: KeyName, token: TokenUriText, pin: Pin.optional() }),
    output: Keyring,
  },
  /** By the id of what holds it: the token may be lost. */
  "keyring.withdraw": {
    input: z.strictObject({ name: KeyName, id: Id, confirmed: z.boolean() }),
    /** `leftInToken`: the URI of the key that held it, which stays there; `null` where something else of the vault needs it. */
    output: Keyring.extend({ leftInToken: z.string().nullable() }),
  },
  "keyring.rotate": {
    input: z.strictObject({ name: KeyName, pin: Pin.optional() }),
    output: Keyring.extend({ rewrapped: z.int() }),
  },
  /** Shows what holds in a keyring, once it holds what is set here, if anything. */
  "keyring.policy": {
    input: z.strictObject({ name: KeyName, set: PolicyFile.optional() }),
    output: KeyringPolicy,
  },
} as const satisfies Record<string, Operation>
