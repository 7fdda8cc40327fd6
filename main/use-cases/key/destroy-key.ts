import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import { requireStep, versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { TokenUseParts } from "../key-use/token-use.ts"
import { backupsHolding } from "./backups-holding.ts"
import { changeKey } from "./change-key.ts"
import { destroyInTokens } from "./destroy-in-tokens.ts"
import { findKey } from "./find-key.ts"
import { timeOf } from "./key-object.ts"

/**
 * Destroys a key or one old version: its material is gone from the file when this returns, the row stays as a
 * tombstone. The certificate names the backups that still hold it.
 * @throws `CONFIRMATION_REQUIRED`, `NOT_FOUND`, `STATE_DENIED` also while a backup is being made, `POLICY_DENIED` while
 * other keys need it
 */
export function destroyKey({ session, tokens }: Pick<TokenUseParts, "session" | "tokens">) {
  return async ({
    name,
    version,
    reason,
    confirmed,
    pin,
  }: InputOf<"key.destroy">): Promise<OutputOf<"key.destroy">> => {
    using secretPin = pin === undefined ? null : new Secret(pin)
    const vault = session.current()
    const key = findKey(vault, name)
    const doomed = version === undefined ? livingVersions(key) : [oldVersion(key, version)]
    if (version === undefined) requireNobodyNeeds(vault, key)
    requireConfirmed(confirmed, `${key.name}: destroying can't be undone`)
    requireNoBackupUnderWay(vault)
    const method = await destroyInTokens(tokens, doomed, secretPin)
    const numbers = doomed.map((each) => each.version)
    const backups = backupsHolding(vault, key, version ?? null).map(({ path, createdAt }) => ({ path, createdAt }))
    const at = timeOf(vault)
    const change = { name: key.name, action: "key.destroy", detail: { reason, versions: numbers } }
    const destroyed = erase(vault, change, { numbers, isWhole: version === undefined, at })
    return { certificate: certificate(vault, destroyed, doomed, { reason, method, at, backups }) }
  }
}

/** Destroys the versions below a number. @throws `CONFIRMATION_REQUIRED`, `INVALID_INPUT`, `NOT_FOUND` */
export function trimKey({ session, tokens }: Pick<TokenUseParts, "session" | "tokens">) {
  return async ({ name, below, reason, confirmed, pin }: InputOf<"key.trim">): Promise<KeyObject> => {
    using secretPin = pin === undefined ? null : new Secret(pin)
    const vault = session.current()
    const key = findKey(vault, name)
    if (below > key.currentVersion) {
      throw new VaultError(
        "INVALID_INPUT",
        `below: version ${key.currentVersion} of ${key.name} does its work and stays`,
      )
    }
    requireConfirmed(confirmed, `${key.name}: what only versions below ${below} can open will be lost`)
    const doomed = livingVersions(key).filter(({ version }) => version < below)
    requireNoBackupUnderWay(vault)
    await destroyInTokens(tokens, doomed, secretPin)
    const numbers = doomed.map(({ version }) => version)
    const detail = { below, versions: numbers, ...(reason === undefined ? {} : { reason }) }
    return erase(vault, { name: key.name, action: "key.trim", detail }, { numbers, isWhole: false, at: timeOf(vault) })
  }
}

function requireConfirmed(isConfirmed: boolean, what: string): void {
  if (!isConfirmed) throw new VaultError("CONFIRMATION_REQUIRED", what)
}

/** It may hold the key, and whoever destroys that is to be told of it. @throws `STATE_DENIED` */
function requireNoBackupUnderWay(vault: OpenVault): void {
  if (vault.backups.isBeingMade())
    throw new VaultError("STATE_DENIED", "a backup is being made: try again when it is done")
}

function livingVersions(key: Key): readonly KeyVersion[] {
  if (key.state === "destroyed") throw new VaultError("STATE_DENIED", `${key.name} is destroyed already`)
  return key.versions.filter(({ state }) => state !== "destroyed")
}

function oldVersion(key: Key, number: number): KeyVersion {
  const version = versionOf(key, number)
  requireStep(version.state, "destroyed", `version ${number} of ${key.name}`)
  if (number === key.currentVersion) {
    throw new VaultError(
      "STATE_DENIED",
      `version ${number} of ${key.name} does its work: rotate first, or destroy the key`,
    )
  }
  return version
}

/** A key that others stand on is not pulled away from under them. */
function requireNobodyNeeds(vault: OpenVault, key: Key): void {
  const stoodOn = key.relations
    .filter(({ kind }) => kind !== "depends-on")
    .map(({ otherId }) => vault.keys.findById(otherId))
  const dependants = [
    ...stoodOn.flatMap((other) => (other === null || other.state === "destroyed" ? [] : [other.name])),
    ...vault.keys
      .relatedTo(key.id)
      .filter(({ kind, state }) => kind === "depends-on" && state !== "destroyed")
      .map((other) => other.key),
  ]
  if (dependants.length > 0) {
    throw new VaultError("POLICY_DENIED", `needed-by-others: ${key.name} is needed by ${dependants.join(", ")}`)
  }
}

interface Erasure {
  /** Of the versions. */
  readonly numbers: readonly number[]
  /** Whether the key goes with them, and with it what was to come. */
  readonly isWhole: boolean
  readonly at: string
}

function erase(
  vault: OpenVault,
  change: Parameters<typeof changeKey>[1],
  { numbers, isWhole, at }: Erasure,
): KeyObject {
  requireNoBackupUnderWay(vault)
  const asTombstone = (version: KeyVersion): KeyVersion =>
    numbers.includes(version.version) ? { ...version, state: "destroyed", destroyedAt: at } : version
  const result = changeKey(
    vault,
    change,
    (key) => ({
      ...key,
      ...(isWhole ? { state: "destroyed", nextRotationAt: null } : {}),
      versions: key.versions.map(asTombstone),
    }),
    ({ id }) => {
      for (const number of numbers) vault.materials.erase(id, number)
    },
  )
  purge(vault, change.name)
  return result
}

/** What was erased is gone from the vault already; this takes it out of the write-ahead log too. */
function purge(vault: OpenVault, name: string): void {
  try {
    vault.journal.purge()
  } catch (cause) {
    const detail = `${name} is destroyed, but traces may stay in the files until \`claviger vault compact\` succeeds`
    throw new VaultError("IO_ERROR", detail, { cause })
  }
}

type Certificate = OutputOf<"key.destroy">["certificate"]

function certificate(
  vault: OpenVault,
  destroyed: KeyObject,
  versions: readonly KeyVersion[],
  { reason, method, at, backups }: Pick<Certificate, "reason" | "method" | "backups"> & { readonly at: string },
): Certificate {
  const { seq, hash } = vault.journal.head()
  return {
    keyId: destroyed.id,
    name: destroyed.name,
    algorithm: destroyed.algorithm,
    versions: versions.map(({ version, fingerprint, kcv }) => ({
      version,
      fingerprint,
      ...(kcv === null ? {} : { kcv }),
    })),
    destroyedAt: at,
    reason,
    method,
    audit: { seq, hash: base64(hash) },
    backups,
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64")
}
