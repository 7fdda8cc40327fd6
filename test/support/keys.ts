import type { Key, KeyVersion } from "../../main/domain/key.ts"

/** A version of a key as the inventory has it: active, unless something else is said. */
export function aVersion(changed: Partial<KeyVersion> = {}): KeyVersion {
  return {
    version: 1,
    state: "active",
    createdAt: "2026-01-01T00:00:00.000Z",
    fingerprint: null,
    opensshFingerprint: null,
    kcv: null,
    location: "vault",
    decryptOnlyUntil: null,
    publicKey: null,
    destroyedAt: null,
    pending: null,
    attachments: [],
    ...changed,
  }
}

/** An active AES-256 key for encryption, unless something else is said. */
export function aKey(changed: Partial<Key> = {}): Key {
  return {
    id: "01890000-0000-7000-8000-000000000001",
    name: "a key",
    algorithm: "aes-256",
    purpose: "encryption",
    usages: ["encrypt", "decrypt"],
    keyringId: "01890000-0000-7000-8000-000000000002",
    keyring: "personal",
    state: "active",
    exportable: "never",
    origin: "generated",
    location: "vault",
    owner: null,
    environment: null,
    tags: [],
    createdAt: "2026-01-01T00:00:00.000Z",
    activatesAt: null,
    expiresAt: null,
    rotateEvery: null,
    nextRotationAt: null,
    protectFor: null,
    currentVersion: 1,
    versions: [aVersion()],
    relations: [],
    ...changed,
  }
}
