import type { InputOf } from "../../../preload/contract/index.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { Algorithm, Origin, Purpose } from "../../../preload/contract/values.ts"
import { later, stateByDates } from "../../domain/cryptoperiod.ts"
import { usualExportable } from "../../domain/exportable.ts"
import type { Attachment, Key } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { requirePurposeFits, usagesWithin } from "../../domain/purpose.ts"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { keyObject, timeOf } from "./key-object.ts"
import { newVersion } from "./new-version.ts"
import { inOrder } from "./tags.ts"

/** The keyring of keys that name none. */
const usualKeyring = "personal"

export interface NewKey {
  readonly algorithm: Algorithm
  readonly purpose: Purpose
  readonly origin: Origin
  readonly action: string
  readonly attachments?: readonly Attachment[]
}

type Metadata = Omit<InputOf<"key.generate">, "algorithm" | "purpose">

/** Rules that need no material, so that they are told before minutes of RSA. @throws `INVALID_INPUT`, `POLICY_DENIED` */
export function requireAllowed({ algorithm, purpose }: Pick<NewKey, "algorithm" | "purpose">, wanted: Metadata): void {
  requirePurposeFits(algorithm, purpose)
  usagesWithin(purpose, wanted.usages)
  if (wanted.notBefore !== undefined && wanted.expires !== undefined && wanted.expires <= wanted.notBefore) {
    throw new VaultError("INVALID_INPUT", "expires: lies before the activation")
  }
}

/** Stores a key with its first version, sealed, and logs it. The material stays the caller's to wipe. */
export function storeNewKey(
  vault: OpenVault,
  crypto: KeyCrypto,
  { algorithm, purpose, origin, action, attachments = [] }: NewKey,
  wanted: Metadata,
  material: Secret,
): KeyObject {
  return vault.journal.record(() => {
    const now = timeOf(vault)
    const keyring = vault.keyrings.find(wanted.keyring ?? usualKeyring)
    const isLater = wanted.notBefore !== undefined && wanted.notBefore > now
    const dates = { activatesAt: wanted.notBefore ?? null, expiresAt: wanted.expires ?? null }
    const state = stateByDates({ state: isLater ? "pre-active" : "active", ...dates }, now)
    const key: Key = {
      id: crypto.newId(vault.now()),
      name: wanted.name,
      algorithm,
      purpose,
      usages: usagesWithin(purpose, wanted.usages),
      keyringId: keyring.id,
      keyring: keyring.name,
      state,
      exportable: wanted.exportable ?? usualExportable(algorithm),
      origin,
      location: "vault",
      owner: wanted.owner ?? null,
      environment: wanted.environment ?? null,
      tags: inOrder(wanted.tags),
      createdAt: now,
      ...dates,
      rotateEvery: wanted.rotateEvery ?? null,
      nextRotationAt: wanted.rotateEvery === undefined ? null : later(now, wanted.rotateEvery),
      currentVersion: 1,
      versions: [newVersion(crypto, algorithm, material, { number: 1, state, now, attachments })],
      relations: [],
    }
    vault.keys.insert(key)
    vault.materials.put({ keyId: key.id, version: 1, algorithm, keyringId: key.keyringId }, material)
    return {
      entry: { action, target: key.name, key, detail: { algorithm, purpose, version: 1 } },
      result: keyObject(key, now),
    }
  })
}
