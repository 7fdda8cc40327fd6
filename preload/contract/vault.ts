import { z } from "zod"
import { backupOperations, Shares } from "./backup.ts"
import { ByToken } from "./by-token.ts"
import { KeyslotSummary } from "./keyslot-summary.ts"
import { NewLabel } from "./new-names.ts"
import type { Operation } from "./operation.ts"
import { Bytes, Id, KdfParameters, Passphrase, Path, Pin, ShareScheme, TokenUriText } from "./values.ts"

/** How to choose Argon2id's costs: measured on this machine, or as given. */
const KdfChoice = z.union([z.literal("auto"), KdfParameters])

const Unlocking = z.union([
  z.strictObject({ path: Path, passphrase: Passphrase, acceptRollback: z.boolean().optional() }),
  z.strictObject({ path: Path, shares: Shares, acceptRollback: z.boolean().optional() }),
  z.strictObject({ path: Path, token: ByToken, acceptRollback: z.boolean().optional() }),
])
export type Unlocking = z.infer<typeof Unlocking>

const Finding = z.object({ rule: z.string(), severity: z.string(), message: z.string(), target: z.string().optional() })

/** Bytes in an output are secret: recovery shares, shown once to be written down. */
const RecoveryShares = z.array(Bytes)

export const vaultOperations = {
  ...backupOperations,
  "vault.create": {
    input: z.strictObject({
      path: Path,
      passphrase: Passphrase,
      label: NewLabel.optional(),
      kdf: KdfChoice,
      recovery: ShareScheme.optional(),
    }),
    output: z.object({
      vaultId: Id,
      path: z.string(),
      kdf: KdfParameters,
      unlockMs: z.number(),
      recoveryShares: RecoveryShares.optional(),
    }),
  },
  "vault.unlock": {
    input: Unlocking,
    output: z.object({
      vaultId: Id,
      failedAttempts: z.int(),
      resumed: z.array(z.string()),
      clock: z.object({ verdict: z.enum(["plausible", "went-back", "jumped-ahead"]), offBySeconds: z.int() }),
    }),
  },
  "vault.lock": { input: z.strictObject({}), output: z.object({ locked: z.literal(true) }) },
  "vault.verify": {
    input: z.strictObject({}),
    output: z.object({
      ok: z.boolean(),
      checked: z.object({ keys: z.int(), versions: z.int(), auditRows: z.int() }),
      problems: z.array(Finding),
    }),
  },
  "vault.passwd": {
    input: z.strictObject({ newPassphrase: Passphrase }),
    output: z.object({ vaultId: Id, slot: KeyslotSummary, oldCopiesStillOpen: z.literal(true) }),
  },
  "vault.kdf": {
    input: z.strictObject({ passphrase: Passphrase, kdf: KdfChoice }),
    output: z.object({ vaultId: Id, slot: KeyslotSummary, kdf: KdfParameters, unlockMs: z.number() }),
  },
  "vault.slot.list": { input: z.strictObject({}), output: z.object({ keyslots: z.array(KeyslotSummary) }) },
  "vault.slot.add": {
    input: z.union([
      z.strictObject({ newPassphrase: Passphrase, label: NewLabel.optional(), kdf: KdfChoice.optional() }),
      z.strictObject({ recovery: ShareScheme, label: NewLabel.optional() }),
      z.strictObject({
        /** A token, in which a key is made for this; or a key that is in one. */
        token: TokenUriText,
        pin: Pin.optional(),
        /** To be needed besides the token. */
        newPassphrase: Passphrase.optional(),
        label: NewLabel.optional(),
        kdf: KdfChoice.optional(),
      }),
    ]),
    output: z.object({ slot: KeyslotSummary, recoveryShares: RecoveryShares.optional() }),
  },
  "vault.slot.remove": {
    input: z.strictObject({ id: Id, confirmed: z.boolean() }),
    /** `leftInToken`: the URI of the key that opened it, which stays there; `null` where there is none, or something else of the vault needs it. */
    output: z.object({ keyslots: z.array(KeyslotSummary), leftInToken: z.string().nullable() }),
  },
  "vault.recover": {
    input: z.strictObject({
      path: Path,
      shares: Shares,
      newPassphrase: Passphrase,
      acceptRollback: z.boolean().optional(),
    }),
    output: z.object({ vaultId: Id, slot: KeyslotSummary }),
  },
  "vault.rekey": {
    input: z.strictObject({ passphrase: Passphrase, alsoPassphrases: z.array(Passphrase), confirmed: z.boolean() }),
    output: z.object({
      vaultId: Id,
      keyslots: z.array(KeyslotSummary),
      removedSlots: z.array(KeyslotSummary),
      recoveryShares: RecoveryShares.optional(),
    }),
  },
  "vault.compact": { input: z.strictObject({}), output: z.object({ bytesBefore: z.int(), bytesAfter: z.int() }) },
} as const satisfies Record<string, Operation>

export type Finding = z.infer<typeof Finding>
