import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { timestamp } from "../../domain/timestamp.ts"
import { destructionOf } from "../../domain/waiting-destruction.ts"
import { policyFor } from "../policy/policy-for.ts"
import { adoptionFindings } from "./adoption-findings.ts"
import { findingsOf } from "./key-findings.ts"
import { wantedWhileWaiting } from "./wanted-while-waiting.ts"

/** The time the vault goes by, as RFC 3339 UTC. */
export function timeOf(vault: OpenVault): string {
  return timestamp(vault.now())
}

/** What may be told of a key: everything but its material. */
export function keyObject(vault: OpenVault, key: Key): KeyObject {
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
    findings: [
      ...wantedWhileWaiting(vault, key),
      ...adoptionFindings(vault, key),
      ...findingsOf(key, timeOf(vault), policyFor(vault, key)),
    ],
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
