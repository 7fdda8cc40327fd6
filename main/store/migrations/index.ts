import type { Migration } from "../migration.ts"
import { aVaultHoldsKeys } from "./0001-a-vault-holds-keys.ts"
import { aVaultHoldsCertificatesAndSeeds } from "./0002-a-vault-holds-certificates-and-seeds.ts"
import { theInventoryIsInAnyOrder } from "./0003-the-inventory-is-in-any-order.ts"
import { backupsAreDrilled } from "./0004-backups-are-drilled.ts"
import { tokensHoldKeyrings } from "./0005-tokens-hold-keyrings.ts"

/** All steps of the schema, in order. */
export const migrations: readonly Migration[] = [
  aVaultHoldsKeys,
  aVaultHoldsCertificatesAndSeeds,
  theInventoryIsInAnyOrder,
  backupsAreDrilled,
  tokensHoldKeyrings,
]
