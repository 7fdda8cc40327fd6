import type { KeyFilter } from "../keys/key-filter.ts"
import type { KeyAct } from "./key-act-dialog.tsx"

/** What every part of the screen leads to. */
export interface HealthActs {
  readonly openKey: (name: string) => void
  /** The list of keys, narrowed. */
  readonly showKeys: (filter: KeyFilter) => void
  readonly begin: (act: KeyAct) => void
  readonly rotateKeyring: (name: string) => void
}
