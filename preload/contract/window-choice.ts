import { z } from "zod"

/** What the person is asked to choose in a dialog of the system. */
export const Choice = z.enum([
  "open-vault",
  "create-vault",
  "backup-file",
  "restore-file",
  "restore-to",
  "audit-export",
  "audit-pack",
  "export-folder",
  "token-library",
])
export type Choice = z.infer<typeof Choice>
