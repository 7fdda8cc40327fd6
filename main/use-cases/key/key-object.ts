import type { KeyFinding, KeyObject } from "../../../preload/contract/key-object.ts"
import { isDue } from "../../domain/cryptoperiod.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { findingsUnder } from "../../domain/policy.ts"
import { timestamp } from "../../domain/timestamp.ts"
import { policyFor } from "../policy/policy-for.ts"

/** The time the vault goes by, as RFC 3339 UTC. */
export function timeOf(vault: OpenVault): string {
  return timestamp(vault.now())
}

/** What may be told of a key: everything but its material. */
export function keyObject(vault: OpenVault, key: Key): KeyObject {
  const { keyringId: _, versions, relations: __, usages, tags, ...fields } = key
  const current = versions.find(({ version }) => version === key.currentVersion)
  return {
    ...fields,
    usages: [...usages],
    tags: [...tags],
    fingerprint: current?.fingerprint ?? null,
    fingerprints: current === undefined ? null : fingerprintsOf(current),
    versions: versions.map(versionObject),
    findings: findingsOf(vault, key),
  }
}

function fingerprintsOf(version: KeyVersion): KeyObject["fingerprints"] {
  const { fingerprint, opensshFingerprint, publicKey, attachments } = version
  if (fingerprint === null || publicKey === null) return null
  const openpgp = attachments.find(({ kind }) => kind === "openpgp")?.fingerprint
  return {
    spki: fingerprint,
    ...(opensshFingerprint === null ? {} : { openssh: opensshFingerprint }),
    ...(openpgp === undefined ? {} : { openpgp }),
  }
}

function versionObject(version: KeyVersion): KeyObject["versions"][number] {
  const { state, createdAt, fingerprint, kcv, location, decryptOnlyUntil, destroyedAt } = version
  return {
    version: version.version,
    state,
    createdAt,
    fingerprint,
    location,
    ...(kcv === null ? {} : { kcv }),
    ...(decryptOnlyUntil === null ? {} : { decryptOnlyUntil }),
    ...(destroyedAt === null ? {} : { destroyedAt }),
  }
}

/** What is due, and what the keyring's policy objects to. */
function findingsOf(vault: OpenVault, key: Key): KeyFinding[] {
  const due: KeyFinding[] = isDue(key, timeOf(vault))
    ? [
        {
          rule: "rotation-due",
          severity: "warning",
          message: `Rotation was due at ${key.nextRotationAt}.`,
          fix: `Rotate it: key rotate ${key.name}.`,
        },
      ]
    : []
  return [...due, ...findingsUnder(policyFor(vault, key), key)]
}
