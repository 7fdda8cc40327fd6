import { z } from "zod"
import { ByToken } from "./by-token.ts"
import type { Operation } from "./operation.ts"
import { Bytes, Id, KeyName, Passphrase, Path, Reason } from "./values.ts"

/** SLIP-39 shares, a text each. */
export const Shares = z.array(Bytes).min(1).max(256)

const Head = z.object({ seq: z.int(), hash: z.string() })

const Restored = z.object({
  vaultId: Id,
  path: z.string(),
  keys: z.int(),
  versions: z.int(),
  auditHead: Head,
  verified: z.literal(true),
})

/** How a restore drill ended. */
const Drill = z.object({
  at: z.string(),
  ok: z.boolean(),
  /** What is wrong with the backup, where it is not ok. */
  problem: z.string().optional(),
})

const Backup = z.object({
  id: Id,
  path: z.string(),
  createdAt: z.string(),
  keys: z.int(),
  versions: z.int(),
  auditSeq: z.int(),
  present: z.boolean(),
  /** What can be seen of the file without opening it. `replaced`: another backup has its place. `destroyed`: a person says so, and it is not there. */
  file: z.enum(["there", "missing", "damaged", "replaced", "destroyed"]),
  /** When a person said that all copies of it are destroyed, and how they know; also when it is there again. */
  destruction: z.object({ at: z.string(), reason: z.string() }).optional(),
  /** When it was last proven, by a restore drill or when it was made; `null` when the last drill failed. */
  verifiedAt: z.string().nullable(),
  drill: Drill.optional(),
  /** What it holds though the vault has destroyed it: how many keys, and of up to a hundred, destroyed last, which versions. */
  destroyed: z.object({
    count: z.int(),
    keys: z.array(z.object({ name: z.string(), versions: z.array(z.int()), destroyedAt: z.string() })),
  }),
})

export const backupOperations = {
  "vault.backup": {
    input: z.strictObject({ out: Path, force: z.boolean().optional() }),
    output: z.object({
      path: z.string(),
      keys: z.int(),
      versions: z.int(),
      auditHead: Head,
      verified: z.literal(true),
    }),
  },
  "vault.restore": {
    input: z.union([
      z.strictObject({ file: Path, to: Path, passphrase: Passphrase }),
      z.strictObject({ file: Path, to: Path, shares: Shares }),
      z.strictObject({ file: Path, to: Path, token: ByToken }),
    ]),
    output: Restored,
  },
  /** Restores a backup in a temporary place, verifies what comes of it, and removes it again. What opens it may be older than the vault's. */
  "vault.drill": {
    input: z.union([
      /** Where the vault knows it to be. */
      z.strictObject({ backup: Id, passphrase: Passphrase }),
      z.strictObject({ file: Path, passphrase: Passphrase }),
      z.strictObject({ file: Path, shares: Shares }),
      z.strictObject({ backup: Id, token: ByToken }),
      z.strictObject({ file: Path, token: ByToken }),
    ]),
    output: Drill.extend({ id: Id, path: z.string(), createdAt: z.string(), keys: z.int(), versions: z.int() }),
  },
  /** All copies of that backup are destroyed, as a person says: keys that were destroyed count as gone from it. */
  "vault.backup-destroyed": {
    input: z.union([
      z.strictObject({ backup: Id, reason: Reason }),
      /** Where the vault knows it to have been. */
      z.strictObject({ file: Path, reason: Reason }),
    ]),
    output: z.object({ id: Id, path: z.string(), createdAt: z.string(), destroyedAt: z.string(), reason: z.string() }),
  },
  "vault.backups": {
    input: z.strictObject({
      /** Only those that hold this key, or this version of it, whatever has become of it here. */
      holding: KeyName.optional(),
      version: z.int().min(1).optional(),
    }),
    output: z.object({ backups: z.array(Backup) }),
  },
} as const satisfies Record<string, Operation>
