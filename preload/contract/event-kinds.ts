/** What makes keys change that no calendar knows. Without a schema: the command line names them before it needs one. */
export const eventKinds = ["owner-departed", "system-decommissioned", "compliance-change", "suspicion"] as const
