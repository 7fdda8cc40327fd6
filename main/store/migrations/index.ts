import type { Migration } from "../migration.ts"
import { aVaultHoldsKeys } from "./0001-a-vault-holds-keys.ts"

/** All steps of the schema, in order. */
export const migrations: readonly Migration[] = [aVaultHoldsKeys]
