import { z } from "zod"
import { AboutProgram } from "./about-program.ts"
import { LongOperation } from "./announcements.ts"
import { IncidentReportFormat } from "./incident.ts"
import { RevocationFormat } from "./key-compromise.ts"
import { CertificateFormat } from "./key-destruction.ts"
import { NewKeyName } from "./new-names.ts"
import type { Operation } from "./operation.ts"
import { Preferences } from "./preferences.ts"
import { Refusal } from "./refusal.ts"
import { Removed } from "./removed.ts"
import { ReportFormat } from "./report.ts"
import { ChildKind, SeedProtection } from "./seed.ts"
import { AgeRecipients, Bytes, Duration, Id, KeyFormat, KeyName, Passphrase, Path, Pin, Reason } from "./values.ts"
import { Choice } from "./window-choice.ts"

/** Which key, as what it leaves, and into which folder; without one, the person is asked for the file. */
const leaving = { name: KeyName, version: z.int().optional(), format: KeyFormat, folder: Path.optional() }
/** `null` when no file was chosen. */
const toFile = z.object({ path: z.string().nullable() })
/** More than one token holds, as text. */
const MiB = 1024 * 1024
const done = z.object({ done: z.literal(true) })

/** What only a window has: dialogs, the clipboard, its own settings. They touch no vault, but by the operations of all doors. */
export const windowOperations = {
  "window.start": {
    input: z.strictObject({}),
    output: z.object({
      platform: z.string(),
      /** Whether the installed program could be replaced by somebody else than root: who starts it is told. */
      isReplaceable: z.boolean(),
      /** The newest first; of each its path only. */
      recent: z.array(z.object({ path: z.string(), isThere: z.boolean() })),
      suggestedPath: z.string(),
      openPath: z.string().nullable(),
      /** Why the last try to unlock failed: the page in which it was made is gone. */
      refusal: Refusal.nullable(),
      /** Why the vault locked last, where that was something that is not there any more. */
      removed: Removed.nullable(),
      preferences: Preferences,
    }),
  },
  /** What this program is, and what protects its secrets. */
  "window.about": { input: z.strictObject({}), output: AboutProgram },
  "window.choose": {
    input: z.strictObject({ what: Choice, suggestedName: z.string().max(255).optional() }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** A passphrase for a new vault; `suggested` is a secret as soon as it is taken. */
  "window.suggest-passphrase": {
    input: z.strictObject({}),
    output: z.object({ suggested: Bytes, words: z.int(), bits: z.number() }),
  },
  "window.forget": { input: z.strictObject({ path: Path }), output: done },
  "window.set": { input: Preferences.partial(), output: Preferences },
  /** Whether the screen shows a secret: then nothing else may capture it. */
  "window.shield": { input: z.strictObject({ isOn: z.boolean() }), output: done },
  /** Which idle time counts. */
  "window.place": { input: z.strictObject({ isSeeds: z.boolean() }), output: done },
  /** Ends long work that was announced, and no other. */
  "window.cancel": { input: z.strictObject({ of: LongOperation }), output: done },
  /** What is no secret: a fingerprint, an address. */
  "window.copy": { input: z.strictObject({ text: z.string().max(100_000) }), output: done },
  /** A key of the algorithm `secret`, from the vault to the clipboard: the page never has it. */
  "window.copy-secret": {
    input: z.strictObject({ name: KeyName, version: z.int().optional(), passphrase: Passphrase }),
    output: z.object({ clearsInMs: z.int() }),
  },
  /** From the vault to a file. */
  "window.export-public": { input: z.strictObject(leaving), output: toFile },
  /** The private half, or a symmetric key, from the vault to a file: the page never has it. */
  "window.export": {
    input: z.strictObject({
      ...leaving,
      protection: z.union([
        z.strictObject({ kind: z.literal("encrypted"), passphrase: Passphrase }),
        z.strictObject({ kind: z.literal("recipients"), recipients: AgeRecipients }),
        z.strictObject({ kind: z.literal("plaintext"), confirmed: z.boolean() }),
      ]),
      passphrase: Passphrase,
    }),
    output: toFile,
  },
  /** The original of what was imported, which the person chooses in a dialog: nothing else is shredded. */
  "window.shred": { input: z.strictObject({}), output: toFile },
  /** As `window.export`, of a seed. */
  "window.export-seed": {
    input: z.strictObject({ name: KeyName, protection: SeedProtection, passphrase: Passphrase }),
    output: toFile,
  },
  /** What BIP-85 makes of a seed: kept in the vault under a name, or put on the clipboard; the page never has it. */
  "window.child": {
    input: z.strictObject({
      name: KeyName,
      child: ChildKind,
      index: z
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .optional(),
      as: NewKeyName.optional(),
      passphrase: Passphrase,
    }),
    output: z.object({ path: z.string(), index: z.int(), clearsInMs: z.int().nullable() }),
  },
  /** A result of the page, such as a signature, in a file that the person names. */
  "window.save": {
    input: z.strictObject({ suggestedName: z.string().max(255), content: Bytes.refine(({ length }) => length <= MiB) }),
    output: toFile,
  },
  /** All keys as a document for other programs, without material, in a file that the person names. */
  "window.export-inventory": { input: z.strictObject({ format: ReportFormat }), output: toFile },
  /** All that is due within that time as a calendar, in a file that the person names. */
  "window.export-calendar": { input: z.strictObject({ within: Duration }), output: toFile },
  /** The report of an incident, in a file that the person names. */
  "window.incident-report": {
    input: z.strictObject({ incident: Id, key: KeyName, format: IncidentReportFormat }),
    output: toFile,
  },
  /** The certificate of a destruction, the newest or that of a version, in a file that the person names. */
  "window.destruction-certificate": {
    input: z.strictObject({ name: KeyName, version: z.int().min(1).optional(), format: CertificateFormat }),
    output: toFile,
  },
  /** What tells others to trust a key no more, in a file that the person names. */
  "window.revocation": { input: z.strictObject({ name: KeyName, format: RevocationFormat }), output: toFile },
  /** A file of any size under a key, from and to places that the person names: the page never has its content. */
  "window.encrypt-file": { input: z.strictObject({ name: KeyName, pin: Pin.optional() }), output: toFile },
  "window.decrypt-file": {
    input: z.strictObject({ name: KeyName, reason: Reason.optional(), pin: Pin.optional() }),
    output: toFile,
  },
} as const satisfies Record<string, Operation>

type WindowOperations = typeof windowOperations
export type WindowOperationName = keyof WindowOperations
export type WindowHandlers = {
  readonly [Name in WindowOperationName]: (
    input: z.output<WindowOperations[Name]["input"]>,
  ) => z.output<WindowOperations[Name]["output"]> | Promise<z.output<WindowOperations[Name]["output"]>>
}

export type WindowRequestOf<Name extends WindowOperationName> = z.input<WindowOperations[Name]["input"]>
export type WindowOutputOf<Name extends WindowOperationName> = z.output<WindowOperations[Name]["output"]>
