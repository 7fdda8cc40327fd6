/** What is begun on a screen, by its button there and by the palette from everywhere, under one name. */
export const screenActs = {
  "back-up": { label: "Back up", operation: "vault.backup", place: "backups", icon: "backup" },
  drill: { label: "Restore drill", operation: "vault.drill", place: "backups", icon: "rotate" },
  "verify-vault": { label: "Verify vault", operation: "vault.verify", place: "backups", icon: "check" },
  "verify-log": { label: "Verify log", operation: "audit.verify", place: "audit", icon: "check" },
  "export-log": { label: "Export log", operation: "audit.export", place: "audit", icon: "export" },
  "check-policies": { label: "Check policies", operation: "policy.check", place: "health", icon: "check" },
  "export-inventory": { label: "Export inventory", operation: "report.inventory", place: "health", icon: "export" },
  "pack-for-auditor": { label: "Pack for an auditor", operation: "audit.pack", place: "health", icon: "export" },
  destructions: { label: "Destructions", operation: "report.destructions", place: "health", icon: "destroy" },
} as const

export type ScreenAct = keyof typeof screenActs

/** An act that was asked for elsewhere: another object each time. */
export interface BegunAct {
  readonly act: ScreenAct
}
