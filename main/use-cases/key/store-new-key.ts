import type { InputOf } from "../../../preload/contract/index.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { Algorithm, Origin, Purpose } from "../../../preload/contract/values.ts"
import type { Json } from "../../domain/audit-entry.ts"
import { later, stateByDates } from "../../domain/cryptoperiod.ts"
import { strictest, usualExportable } from "../../domain/exportable.ts"
import type { Attachment, Key } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { inVault } from "../../domain/key-location.ts"
import type { KeyringRecord, OpenVault } from "../../domain/open-vault.ts"
import { requirePurposeFits, usagesWithin } from "../../domain/purpose.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { policyFor } from "../policy/policy-for.ts"
import { requireMayBegin } from "../policy/require-policy.ts"
import { keyObject, timeOf } from "./key-object.ts"
import { type NewMaterial, newVersion } from "./new-version.ts"
import { inOrder } from "./tags.ts"

/** The keyrings of keys, and of seeds, that name none. That for seeds is made when it is first needed. */
const usualKeyring = "personal"
const usualWalletKeyring = "wallets"

export interface NewKey {
  readonly algorithm: Algorithm
  readonly purpose: Purpose
  readonly origin: Origin
  readonly action: string
  readonly attachments?: readonly Attachment[]
  /** Of a seed, whose fingerprint is not that of a public key. */
  readonly fingerprint?: string | undefined
  /** What the log says besides. */
  readonly detail?: { readonly [member: string]: Json }
  /** What else belongs into the same transaction, once the inventory holds the key. */
  readonly alongside?: (key: Key) => void
}

type Metadata = Omit<InputOf<"key.generate">, "algorithm" | "purpose" | "token" | "pin">

/** Rules that need no material, so that they are told before minutes of RSA. @throws `INVALID_INPUT`, `POLICY_DENIED` */
export function requireAllowed({ algorithm, purpose }: Pick<NewKey, "algorithm" | "purpose">, wanted: Metadata): void {
  requirePurposeFits(algorithm, purpose)
  usagesWithin(purpose, wanted.usages)
  if (wanted.notBefore !== undefined && wanted.expires !== undefined && wanted.expires <= wanted.notBefore) {
    throw new VaultError("INVALID_INPUT", "expires: lies before the activation")
  }
}

/** What the keyring's policy says of a key, before anything is made of which something would be left. @throws `NOT_FOUND`, `POLICY_DENIED`, `APPROVAL_REQUIRED` */
export function requireMayBeMade(
  vault: OpenVault,
  { algorithm, purpose, origin }: Pick<NewKey, "algorithm" | "purpose" | "origin">,
  wanted: Metadata,
  location: string = inVault,
): void {
  const { id: keyringId, name: keyring } = keyringFor(vault, purpose, wanted.keyring)
  const place = { keyringId, keyring }
  const settings = settingsFor(vault, { ...place, algorithm, purpose }, wanted)
  const said = { name: wanted.name, owner: wanted.owner ?? null, environment: wanted.environment ?? null }
  const key = { ...place, ...said, ...settings, algorithm, purpose, location, state: "active" } as const
  requireMayBegin(vault, key, origin === "imported" ? "import" : "generate")
}

/** What was asked for; where nothing was, what is usual, within the keyring's policy. */
function settingsFor(
  vault: OpenVault,
  key: Pick<Key, "keyringId" | "keyring" | "algorithm" | "purpose">,
  { exportable, rotateEvery }: Metadata,
): Pick<Key, "exportable" | "rotateEvery"> {
  const policy = policyFor(vault, key)
  return {
    exportable: exportable ?? strictest(usualExportable(key.algorithm), policy.exportable),
    rotateEvery: rotateEvery ?? policy.cryptoperiods[key.purpose] ?? null,
  }
}

/** @throws `NOT_FOUND`; `POLICY_DENIED` when the keyring is for other things */
export function keyringFor(vault: OpenVault, purpose: Purpose, name: string | undefined): KeyringRecord {
  const kind = purpose === "wallet" ? "wallet" : "general"
  const keyring = vault.keyrings.find(name ?? (kind === "wallet" ? usualWalletKeyring : usualKeyring))
  if (keyring.purpose === kind) return keyring
  throw new VaultError("POLICY_DENIED", `keyring-purpose: ${keyring.name} is a ${keyring.purpose} keyring`)
}

/** Makes the keyring for seeds that name none, with a row of its own in the log, unless it is there. */
export function ensureWalletKeyring(vault: OpenVault, name: string | undefined): void {
  if (name !== undefined || vault.keyrings.list().some((keyring) => keyring.name === usualWalletKeyring)) return
  vault.journal.record(() => {
    const { id } = vault.keyrings.create(usualWalletKeyring, "wallet")
    const detail = { keyringId: id, purpose: "wallet" }
    return { entry: { action: "keyring.create", target: usualWalletKeyring, detail }, result: undefined }
  })
}

/**
 * Stores a key with its first version, sealed unless a token keeps it, and logs it. The material stays the caller's to wipe.
 * @param pin - of the token that may hold the keyring
 * @throws `NOT_FOUND`, `ALREADY_EXISTS`, `POLICY_DENIED`, `APPROVAL_REQUIRED`; as the token does
 */
export async function storeNewKey(
  vault: OpenVault,
  crypto: KeyCrypto,
  { algorithm, purpose, origin, action, attachments = [], fingerprint, detail = {}, alongside }: NewKey,
  wanted: Metadata,
  material: NewMaterial,
  pin: Secret | null,
): Promise<KeyObject> {
  const keyring = keyringFor(vault, purpose, wanted.keyring)
  using _ = material instanceof Secret ? await vault.materials.reach(keyring.id, pin) : null
  return vault.journal.record(() => {
    const now = timeOf(vault)
    const isLater = wanted.notBefore !== undefined && wanted.notBefore > now
    const dates = { activatesAt: wanted.notBefore ?? null, expiresAt: wanted.expires ?? null }
    const state = stateByDates({ state: isLater ? "pre-active" : "active", ...dates }, now)
    const version = newVersion(crypto, algorithm, material, { number: 1, state, now, attachments, fingerprint })
    const settings = settingsFor(vault, { keyringId: keyring.id, keyring: keyring.name, algorithm, purpose }, wanted)
    const key: Key = {
      id: crypto.newId(vault.now()),
      name: wanted.name,
      algorithm,
      purpose,
      usages: usagesWithin(purpose, wanted.usages),
      keyringId: keyring.id,
      keyring: keyring.name,
      state,
      origin,
      location: version.location,
      owner: wanted.owner ?? null,
      environment: wanted.environment ?? null,
      tags: inOrder(wanted.tags),
      createdAt: now,
      ...dates,
      ...settings,
      nextRotationAt: settings.rotateEvery === null ? null : later(now, settings.rotateEvery),
      currentVersion: 1,
      protectFor: wanted.protectFor ?? null,
      versions: [version],
      relations: [],
    }
    requireMayBegin(vault, key, origin === "imported" ? "import" : "generate")
    vault.keys.insert(key)
    if (material instanceof Secret) {
      vault.materials.put({ keyId: key.id, version: 1, algorithm, keyringId: key.keyringId }, material)
    }
    alongside?.(key)
    return {
      entry: { action, target: key.name, key, detail: { algorithm, purpose, version: 1, ...detail } },
      result: keyObject(vault, key),
    }
  })
}
