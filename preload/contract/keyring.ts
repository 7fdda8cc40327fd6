import { z } from "zod"
import { NewKeyringName } from "./new-names.ts"
import type { Operation } from "./operation.ts"
import { KeyringPolicy } from "./policy.ts"
import { PolicyFile } from "./policy-file.ts"
import { Id, KeyName } from "./values.ts"

/** A compartment of the vault with a key-encryption key of its own. */
export const Keyring = z.object({
  id: Id,
  name: z.string(),
  purpose: z.enum(["general", "wallet"]),
  createdAt: z.string(),
  kekVersion: z.int(),
  keys: z.int(),
})
export type Keyring = z.infer<typeof Keyring>

export const keyringOperations = {
  "keyring.list": { input: z.strictObject({}), output: z.object({ keyrings: z.array(Keyring) }) },
  "keyring.create": {
    input: z.strictObject({ name: NewKeyringName, purpose: z.enum(["general", "wallet"]).default("general") }),
    output: Keyring,
  },
  "keyring.rotate": {
    input: z.strictObject({ name: KeyName }),
    output: Keyring.extend({ rewrapped: z.int() }),
  },
  /** Shows what holds in a keyring, once it holds what is set here, if anything. */
  "keyring.policy": {
    input: z.strictObject({ name: KeyName, set: PolicyFile.optional() }),
    output: KeyringPolicy,
  },
} as const satisfies Record<string, Operation>
