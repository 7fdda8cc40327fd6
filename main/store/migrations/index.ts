import type { Migration } from "../migration.ts"
import { aVaultHoldsKeys } from "./0001-a-vault-holds-keys.ts"
import { aVaultHoldsCertificatesAndSeeds } from "./0002-a-vault-holds-certificates-and-seeds.ts"
import { theInventoryIsInAnyOrder } from "./0003-the-inventory-is-in-any-order.ts"
import { backupsAreDrilled } from "./0004-backups-are-drilled.ts"
import { destructionCanWait } from "./0005-destruction-can-wait.ts"
import { tokensAreChecked } from "./0006-tokens-are-checked.ts"
import { keyringsHavePolicies } from "./0007-keyrings-have-policies.ts"
import { tokensHoldKeyrings } from "./0008-tokens-hold-keyrings.ts"
import { rotationsGoStepByStep } from "./0009-rotations-go-step-by-step.ts"
import { keysAreCountedByAge } from "./0010-keys-are-counted-by-age.ts"
import { incidentsAreTracked } from "./0011-incidents-are-tracked.ts"
import { keysKnowWhatTheyCameOf } from "./0012-keys-know-what-they-came-of.ts"
import { copiesAreFollowed } from "./0013-copies-are-followed.ts"
import { keysSayHowLongTheyProtect } from "./0014-keys-say-how-long-they-protect.ts"
import { marksAreSortedWhenAskedFor } from "./0015-marks-are-sorted-when-asked-for.ts"

/** All steps of the schema, in order. */
export const migrations: readonly Migration[] = [
  aVaultHoldsKeys,
  aVaultHoldsCertificatesAndSeeds,
  theInventoryIsInAnyOrder,
  backupsAreDrilled,
  destructionCanWait,
  tokensAreChecked,
  keyringsHavePolicies,
  tokensHoldKeyrings,
  rotationsGoStepByStep,
  keysAreCountedByAge,
  incidentsAreTracked,
  keysKnowWhatTheyCameOf,
  copiesAreFollowed,
  keysSayHowLongTheyProtect,
  marksAreSortedWhenAskedFor,
]
