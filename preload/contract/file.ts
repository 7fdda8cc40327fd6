import { z } from "zod"
import type { Operation } from "./operation.ts"
import { Id, KeyName, Passphrase, Pin, Reason } from "./values.ts"

const FilePath = z.string().min(1).max(4096)
const work = {
  /** Paths on this machine. */
  input: FilePath,
  output: FilePath,
  /** Replaces what is there. */
  force: z.boolean().default(false),
}
const KeyOfFile = z.object({ name: z.string(), keyId: Id, keyVersion: z.int() })

/** Files of any size, in the age format. */
export const fileOperations = {
  "file.encrypt": {
    input: z.strictObject({
      ...work,
      /** Of age: `age1…`. */
      recipients: z.array(z.string().max(4096)).max(100).default([]),
      /** Keys of the vault. Of X25519 the age program opens the file too; of others only this vault. */
      keys: z
        .array(z.strictObject({ name: KeyName, version: z.int().min(1).optional() }))
        .max(100)
        .default([]),
      /** Of the file, instead of any recipients. */
      filePassphrase: Passphrase.optional(),
      isArmored: z.boolean().default(false),
      pin: Pin.optional(),
    }),
    output: z.object({ path: z.string(), keys: z.array(KeyOfFile) }),
  },
  "file.decrypt": {
    input: z.strictObject({
      ...work,
      /** Only this key, not any that fits. */
      name: KeyName.optional(),
      filePassphrase: Passphrase.optional(),
      /** Why it is opened though the version that it is for is compromised. */
      reason: Reason.optional(),
      pin: Pin.optional(),
    }),
    /** `key` opened it; none did when it was the passphrase. */
    output: z.object({ path: z.string(), key: KeyOfFile.optional() }),
  },
} as const satisfies Record<string, Operation>
