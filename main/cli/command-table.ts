import type { Command } from "./command.ts"
import { auditCommands } from "./commands/audit.ts"
import { batchCommand } from "./commands/batch.ts"
import { eventCommands } from "./commands/event.ts"
import { fileCommands } from "./commands/file.ts"
import { incidentCommands } from "./commands/incident.ts"
import { keyCommands } from "./commands/key.ts"
import { keyCompromiseCommands } from "./commands/key-compromise.ts"
import { keyDeriveCommands } from "./commands/key-derive.ts"
import { keyDestroyCommands } from "./commands/key-destroy.ts"
import { keyExportCommands } from "./commands/key-export.ts"
import { importCommand, inspectCommand } from "./commands/key-import.ts"
import { keyLifeCommands } from "./commands/key-life.ts"
import { keyUseCommands } from "./commands/key-use.ts"
import { keyWrapCommands } from "./commands/key-wrap.ts"
import { keyringCommands } from "./commands/keyring.ts"
import { keyslotCommands } from "./commands/keyslot.ts"
import { policyCommands } from "./commands/policy.ts"
import { reportCommands } from "./commands/report.ts"
import { dataKeyCommands, rotationCommands } from "./commands/rotation.ts"
import { seedLifeCommands } from "./commands/seed-life.ts"
import { seedMakeCommands } from "./commands/seed-make.ts"
import { seedSecretCommands } from "./commands/seed-secret.ts"
import { seedWatchCommands } from "./commands/seed-watch.ts"
import { tokenCommands } from "./commands/token.ts"
import { tokenHealthCommands } from "./commands/token-health.ts"
import { tokenModuleCommands } from "./commands/token-module.ts"
import { usbCommand } from "./commands/usb.ts"
import { vaultCommands } from "./commands/vault.ts"

/** Every command, in the order in which the help lists them. */
export const commandTable: readonly Command[] = [
  ...vaultCommands,
  ...keyslotCommands,
  ...keyringCommands,
  ...policyCommands,
  ...keyCommands,
  importCommand,
  inspectCommand,
  ...keyLifeCommands,
  ...rotationCommands,
  ...eventCommands,
  ...keyCompromiseCommands,
  ...keyDestroyCommands,
  ...keyExportCommands,
  ...keyUseCommands,
  ...keyWrapCommands,
  ...dataKeyCommands,
  ...keyDeriveCommands,
  ...incidentCommands,
  ...seedMakeCommands,
  ...seedWatchCommands,
  ...seedSecretCommands,
  ...seedLifeCommands,
  ...tokenModuleCommands,
  ...tokenCommands,
  ...tokenHealthCommands,
  usbCommand,
  ...fileCommands,
  ...reportCommands,
  ...auditCommands,
  batchCommand,
]

/** What the nouns are, for the help. */
export const nouns: Readonly<Record<string, string>> = {
  vault: "the vault itself: make, check, back up, change how it opens",
  keyring: "compartments of the vault",
  policy: "what the policies of keyrings find",
  key: "keys: make, use, renew, export, destroy",
  rotation: "rotations that go step by step, and can be undone",
  event: "departures, decommissionings, new rules, suspicions: what makes keys change at once",
  incident: "the answer to a compromise: what it bears on, the steps, the report",
  seed: "seeds of wallets: make, write down, watch, split, rotate, destroy",
  token: "HSMs and smart cards: what is plugged in, their PINs, keys in them",
  file: "files of any size, encrypted in the age format",
  report: "what is due, what there is, what is exposed, what nobody uses",
  audit: "the log",
}
