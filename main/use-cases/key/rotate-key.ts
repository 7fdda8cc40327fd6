import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { later } from "../../domain/cryptoperiod.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { tokenUriOf } from "../../domain/key-location.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { FollowWork } from "../../domain/long-work.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import type { TokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { WantedWhileWaiting } from "../../domain/waiting-destruction.ts"
import { placeOf } from "../key-use/log-use.ts"
import type { TokenUseParts } from "../key-use/token-use.ts"
import { requireMayRotate } from "../policy/require-policy.ts"
import { changeKey } from "./change-key.ts"
import { findKey } from "./find-key.ts"
import { importWarnings } from "./import-warnings.ts"
import { timeOf } from "./key-object.ts"
import { type NewMaterial, newVersion } from "./new-version.ts"
import { generateInToken } from "./token-material.ts"

type Given = NonNullable<InputOf<"key.rotate">["material"]>

interface FreshMaterial {
  readonly material: Secret
  readonly warnings: string[]
}

/**
 * Gives a key a new version, made here or brought along, that does the work from now on; the old one only decrypts and
 * verifies, until it is trimmed or its grace ends, or is still compromised.
 * @throws `NOT_FOUND`, `STATE_DENIED`, `INVALID_INPUT` when what was brought along is not one key of this algorithm
 */
export function rotateKey(parts: TokenUseParts, follow: FollowWork) {
  const { session, crypto } = parts
  return async ({
    name,
    reason,
    grace,
    pin,
    material: given,
  }: InputOf<"key.rotate">): Promise<OutputOf<"key.rotate">> => {
    using pinSecret = pin === undefined ? null : new Secret(pin)
    const vault = session.current()
    const key = findKey(vault, name)
    requireMayTurn(vault, key)
    const detail = { ...(reason === undefined ? {} : { reason }), ...(grace === undefined ? {} : { grace }) }
    const renew = (material: NewMaterial): KeyObject => giveVersion(vault, crypto, { name, detail, grace }, material)
    const place = tokenUriOf(versionOf(key, key.currentVersion))
    if (place !== null) {
      if (given !== undefined)
        throw new VaultError("INVALID_INPUT", `material: ${key.name} is in a token, which makes its new version itself`)
      const request = tokenRequest(key, place, pinSecret)
      return await follow("key.rotate", (work) => generateInToken(parts, request, renew, work))
    }
    const fresh =
      given === undefined
        ? { material: await generatedMaterial(crypto, key), warnings: [] }
        : await broughtAlong(vault, crypto, key, given)
    using material = fresh.material
    using _ = await vault.materials.reach(key.keyringId, pinSecret)
    const changed = renew(material)
    return fresh.warnings.length === 0 ? changed : { ...changed, warnings: fresh.warnings }
  }
}

interface Rotation {
  readonly name: string
  readonly detail: Readonly<Record<string, string>>
  readonly grace: string | undefined
}

/** Puts a new version to work. Its material, unless a token keeps it, stays the caller's to wipe. */
function giveVersion(
  vault: OpenVault,
  crypto: KeyCrypto,
  { name, detail, grace }: Rotation,
  material: NewMaterial,
): KeyObject {
  const next = (before: Key): Key => {
    const now = timeOf(vault)
    requireMayTurn(vault, before)
    const number = newestVersion(before) + 1
    const version = newVersion(crypto, before.algorithm, material, { number, state: "active", now })
    return rotated(before, version, now, grace === undefined ? null : later(now, grace))
  }
  return changeKey(vault, { name, action: "key.rotate", detail }, next, (after) => {
    if (material instanceof Secret) vault.materials.put(placeOf(after, after.currentVersion), material)
  })
}

/** A further key in the token that has this one. */
export function tokenRequest({ algorithm, purpose, name: label }: Key, place: TokenUri, pin: Secret | null) {
  const { object: _, id: __, type: ___, oaep: ____, signing: _____, ...uri } = place
  return { uri, pin, algorithm, purpose, label }
}

/**
 * A rotation by steps goes before another one; but what is compromised waits for none.
 * @throws `STATE_DENIED`, `POLICY_DENIED`; `INVALID_INPUT` for a seed
 */
export function requireMayTurn(vault: OpenVault, key: Key): void {
  requireRotatable(key, timeOf(vault))
  requireMayRotate(vault, key)
  if (key.purpose === "wallet") throw new VaultError("INVALID_INPUT", `${key.name} is a seed: seed rotate`)
  if (key.state === "active" && vault.rotations.find(key.id) !== null)
    throw new VaultError("STATE_DENIED", `${key.name} rotates by steps already`)
}

/** What somebody else gave out can't be made here: a new API token is whatever its issuer says. */
export async function generatedMaterial(crypto: KeyCrypto, { name, algorithm, origin }: Key): Promise<Secret> {
  if (algorithm === "secret" && origin === "imported") {
    throw new VaultError("INVALID_INPUT", `material: ${name} was imported; its new version must be brought along too`)
  }
  return await crypto.generateMaterial(algorithm)
}

async function broughtAlong(
  vault: OpenVault,
  crypto: KeyCrypto,
  { algorithm }: Key,
  given: Given,
): Promise<FreshMaterial> {
  using file = new Secret(given.file)
  using passphrase = given.passphrase === undefined ? null : new Secret(given.passphrase)
  const found = await crypto.importKeys(file.bytes, { format: given.format, passphrase, algorithm })
  const { keys } = found
  try {
    const [key, ...others] = keys
    if (key === undefined || others.length > 0) throw new VaultError("INVALID_INPUT", "material: is not one key")
    if ("refusal" in key) throw key.refusal
    const warnings = [...found.warnings, ...(await importWarnings(vault, crypto, key))]
    return { material: Secret.copyOf(key.material.bytes), warnings }
  } finally {
    for (const key of keys) if ("material" in key) key.material[Symbol.dispose]()
  }
}

/** @throws `STATE_DENIED` */
export function requireActive(key: Key): Key {
  if (key.state === "pending-destruction") throw new WantedWhileWaiting(key, key.name)
  if (key.state !== "active")
    throw new VaultError("STATE_DENIED", `${key.name} is ${key.state}; only an active key rotates by steps`)
  return key
}

/**
 * A compromised key is replaced by a new version of it. @param now - RFC 3339 UTC
 * @throws `STATE_DENIED`
 */
export function requireRotatable(key: Key, now: string): Key {
  if (key.state === "pending-destruction") throw new WantedWhileWaiting(key, key.name)
  if (key.state !== "active" && key.state !== "compromised")
    throw new VaultError("STATE_DENIED", `${key.name} is ${key.state}; only an active or a compromised key rotates`)
  if (key.expiresAt !== null && key.expiresAt <= now)
    throw new VaultError("STATE_DENIED", `${key.name} expired at ${key.expiresAt}; an expired key does not rotate`)
  return key
}

export function newestVersion(key: Key): number {
  return Math.max(...key.versions.map(({ version }) => version))
}

/** The key with a new version that does the work; the others only process from now on, and what is compromised stays so. */
export function rotated(key: Key, version: KeyVersion, now: string, decryptOnlyUntil: string | null): Key {
  const superseded = key.versions.map((each) =>
    each.state === "active" || each.state === "suspended"
      ? { ...each, state: "deactivated" as const, decryptOnlyUntil }
      : each,
  )
  return {
    ...key,
    state: "active",
    currentVersion: version.version,
    location: version.location,
    nextRotationAt: key.rotateEvery === null ? null : later(now, key.rotateEvery),
    versions: [...superseded, version],
  }
}
