import { setImmediate } from "node:timers/promises"
import type { BlastEffect, BlastItem } from "../../../preload/contract/incident.ts"
import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import { type Bearing, reachedFrom } from "../../domain/blast-radius.ts"
import { concernedVersions } from "../../domain/compromise.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { tokenUriOf } from "../../domain/key-location.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { timeOf } from "../key/key-object.ts"
import { bearingsOn, exposedBy, exposedByAll, exposing, sameKeys } from "./key-bearings.ts"
import { exposedUses, holdersOf, registeredDataKeys, usersOf } from "./traces-of-key.ts"

/** So many are named of each kind: an incident is one document. */
const mostKeys = 5000
/** So many are looked at in one piece: a few milliseconds. */
const keysAtOnce = 20

/** What is asked of a compromise before anything is done: which key, and what is known of it. */
export interface Suspicion {
  readonly name: string
  readonly version?: number | undefined
  readonly since?: string | undefined
}

/** A key, the versions of it that are concerned, and all that they bear on. */
export interface Damage {
  readonly key: Key
  readonly concerned: readonly KeyVersion[]
  readonly blastRadius: readonly BlastItem[]
}

/** @throws `NOT_FOUND`, `STATE_DENIED` when all of it is destroyed, `INVALID_INPUT` */
export function previewCompromise(session: Session<OpenVault>, crypto: KeyCrypto) {
  return async (suspicion: InputOf<"incident.preview">): Promise<OutputOf<"incident.preview">> => {
    const { concerned, blastRadius } = await damageOf(session.current(), crypto, suspicion)
    return { versions: concerned.map(({ version }) => version), blastRadius: [...blastRadius] }
  }
}

/** @throws as `previewCompromise` */
export async function damageOf(
  vault: OpenVault,
  crypto: KeyCrypto,
  { name, version, since }: Suspicion,
): Promise<Damage> {
  const key = findKey(vault, name)
  if (since !== undefined && since > timeOf(vault)) throw new VaultError("INVALID_INPUT", "since: is still to come")
  const concerned = concernedVersions(key, version)
  const versions = concerned.map((each) => each.version)
  const uses = await vault.traces.tally({ keyId: key.id, versions, since })
  const own = [...sameKeys(vault, concerned), ...bearingsOn(vault, uses.wrapped, "wrapped")]
  const exposed = await keysReached(vault, key, "exposed", (id) =>
    id === key.id ? [...exposedBy(vault, id), ...own] : exposedByAll(vault, id),
  )
  const causes = await keysReached(vault, key, "cause", (id) => exposing(vault, id))
  const blastRadius = [
    ...exposed.items,
    ...exposedUses(uses),
    ...registeredDataKeys(vault, key, versions),
    ...systemsOf([key, ...exposed.keys]),
    ...certificatesOf(crypto, concerned),
    ...tokensOf(concerned),
    ...holdersOf(vault, key, version ?? null, uses),
    ...usersOf(uses, since),
    ...causes.items,
  ]
  return { key, concerned, blastRadius }
}

async function keysReached(
  vault: OpenVault,
  start: Key,
  effect: BlastEffect,
  stepsFrom: (keyId: string) => readonly Bearing[],
): Promise<{ readonly items: BlastItem[]; readonly keys: Key[] }> {
  const names = new Map([[start.id, start.name]])
  const keys: Key[] = []
  const items: BlastItem[] = []
  for (const { keyId, distance, how, from } of reachedFrom(start.id, stepsFrom)) {
    if (keys.length === mostKeys) {
      items.push({ kind: "key", effect, name: "more keys", how: `there are more than these ${mostKeys}` })
      break
    }
    const key = vault.keys.findById(keyId)
    if (key === null) continue
    names.set(keyId, key.name)
    keys.push(key)
    items.push({ kind: "key", effect, name: key.name, how: `${names.get(from) ?? from} ${how} it`, distance })
    if (keys.length % keysAtOnce === 0) await setImmediate()
  }
  return { items, keys }
}

/** Where the key, or one that is exposed with it, is used. */
function systemsOf(keys: readonly Key[]): BlastItem[] {
  const systems = new Map<string, string[]>()
  for (const { name, environment } of keys) {
    if (environment !== null) systems.set(environment, [...(systems.get(environment) ?? []), name])
  }
  return [...systems].map(([name, users]) => ({
    kind: "system",
    effect: "exposed",
    name,
    how: `uses ${users.join(", ")}`,
    count: users.length,
  }))
}

function certificatesOf(crypto: KeyCrypto, versions: readonly KeyVersion[]): BlastItem[] {
  return versions.flatMap(({ version, attachments }) =>
    attachments.map(({ kind, content, fingerprint }): BlastItem => {
      const name = kind === "x509" ? (x509Name(crypto, content) ?? fingerprint) : fingerprint
      const how =
        kind === "x509"
          ? `an X.509 certificate of version ${version}, to be revoked for key compromise (RFC 5280, reason 1)`
          : `the OpenPGP certificate of version ${version}`
      return { kind: "certificate", effect: "exposed", name, how }
    }),
  )
}

/** `null` for one that can't be read: it is kept with its key all the same. */
function x509Name(crypto: KeyCrypto, der: Uint8Array): string | null {
  try {
    const { subject, issuer, serial } = crypto.describeCertificate(der)
    return `${subject}, serial ${serial}, issued by ${issuer}`
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}

function tokensOf(versions: readonly KeyVersion[]): BlastItem[] {
  return versions
    .filter((version) => tokenUriOf(version) !== null)
    .map(({ version, location }) => ({
      kind: "token",
      effect: "holds",
      name: location,
      how: `version ${version} is in this token`,
    }))
}
