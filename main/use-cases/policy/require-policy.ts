import type { PolicyAct } from "../../../preload/contract/policy-file.ts"
import type { Usage } from "../../../preload/contract/values.ts"
import { neededToLeave } from "../../domain/exportable.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import { isProtecting, usageOf, versionForUse, versionsForUse } from "../../domain/key-use.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import {
  type Governed,
  requireChange,
  requireExport,
  requireNew,
  requireNoApproval,
  requireWork,
} from "../../domain/policy.ts"
import { timeOf } from "../key/key-object.ts"
import { policyFor } from "./policy-for.ts"

type InKeyring = Pick<Key, "keyringId" | "keyring">

/** @throws `POLICY_DENIED`, `APPROVAL_REQUIRED` */
export function requireMayBegin(vault: OpenVault, key: Governed & InKeyring, act: "generate" | "import"): void {
  const policy = policyFor(vault, key)
  requireNew(policy, key)
  requireNoApproval(policy, key, act)
}

/** A key that moves has two keyrings to ask. @throws `POLICY_DENIED`, `APPROVAL_REQUIRED` */
export function requireMayBecome(vault: OpenVault, before: Key, after: Key): void {
  requireNoApproval(policyFor(vault, before), before, "set")
  const policy = policyFor(vault, after)
  requireChange(policy, before, after)
  requireNoApproval(policy, after, "set")
}

/** @throws `POLICY_DENIED`, `APPROVAL_REQUIRED` */
export function requireMayRotate(vault: OpenVault, key: Key): void {
  const policy = policyFor(vault, key)
  requireWork(policy, key)
  requireNoApproval(policy, key, "rotate")
}

/** @throws `POLICY_DENIED`, `APPROVAL_REQUIRED` */
export function requireMayExport(vault: OpenVault, key: Key, inTheClear: boolean): void {
  const policy = policyFor(vault, key)
  requireExport(policy, key, neededToLeave(inTheClear))
  requireNoApproval(policy, key, "export")
}

/** For acts of which a policy says only who must approve them. @throws `APPROVAL_REQUIRED` */
export function requireApproved(vault: OpenVault, key: Key, act: PolicyAct): void {
  requireNoApproval(policyFor(vault, key), key, act)
}

/** As `versionForUse`, with what the keyring's policy says of the use. @throws `POLICY_DENIED`, `STATE_DENIED`, `APPROVAL_REQUIRED` */
export function usableVersion(
  vault: OpenVault,
  key: Key,
  usages: readonly Usage[],
  number?: number,
  reason?: string,
): KeyVersion {
  const version = versionForUse(key, usages, timeOf(vault), number, reason)
  const usage = usageOf(key, usages)
  const policy = policyFor(vault, key)
  if (isProtecting(usage)) requireWork(policy, { ...key, location: version.location })
  requireNoApproval(policy, key, usage)
  return version
}

/** As `versionsForUse`, with what the keyring's policy says of the use. @throws as `usableVersion` */
export function usableVersions(
  vault: OpenVault,
  key: Key,
  usages: readonly Usage[],
  number?: number,
  reason?: string,
): ReturnType<typeof versionsForUse> {
  const versions = versionsForUse(key, usages, timeOf(vault), number, reason)
  requireApproved(vault, key, usageOf(key, usages))
  return versions
}
