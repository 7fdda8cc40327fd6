import type { KeyFinding, KeyObject } from "../../../preload/contract/key-object.ts"
import { isDue } from "../../domain/cryptoperiod.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { timestamp } from "../../domain/timestamp.ts"
import { destructionOf } from "../../domain/waiting-destruction.ts"

/** The time the vault goes by, as RFC 3339 UTC. */
export function timeOf(vault: OpenVault): string {
  return timestamp(vault.now())
}

/** What may be told of a key: everything but its material. @param now - RFC 3339 UTC */
export function keyObject(key: Key, now: string): KeyObject {
  const { keyringId: _, versions, relations: __, usages, tags, ...fields } = key
  const destroysAt = destructionOf(key)
  const current = versions.find(({ version }) => version === key.currentVersion)
  return {
    ...fields,
    usages: [...usages],
    tags: [...tags],
    fingerprint: current?.fingerprint ?? null,
    fingerprints: current === undefined ? null : fingerprintsOf(current),
    ...(destroysAt === null ? {} : { destroysAt }),
    versions: versions.map(versionObject),
    findings: findingsOf(key, now),
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
  const { state, createdAt, fingerprint, kcv, location, decryptOnlyUntil, destroyedAt, pending } = version
  return {
    version: version.version,
    state,
    createdAt,
    fingerprint,
    location,
    ...(kcv === null ? {} : { kcv }),
    ...(decryptOnlyUntil === null ? {} : { decryptOnlyUntil }),
    ...(destroyedAt === null ? {} : { destroyedAt }),
    ...(pending === null ? {} : { destroysAt: pending.destroysAt }),
  }
}

function findingsOf(key: Key, now: string): KeyFinding[] {
  const findings: KeyFinding[] = []
  if (isDue(key, now)) {
    findings.push({ rule: "rotation-due", severity: "warning", message: `Rotation was due at ${key.nextRotationAt}.` })
  }
  const destroysAt = destructionOf(key)
  if (destroysAt !== null) findings.push(destructionFinding(destroysAt, now))
  return findings
}

function destructionFinding(destroysAt: string, now: string): KeyFinding {
  return destroysAt <= now
    ? {
        rule: "destruction-due",
        severity: "warning",
        message: `Its waiting time was over at ${destroysAt}: destroy it now, or take that back.`,
      }
    : {
        rule: "destruction-pending",
        severity: "warning",
        message: `It is destroyed after ${destroysAt}, unless that is taken back.`,
      }
}
