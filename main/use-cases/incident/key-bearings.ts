import type { RelationKind } from "../../../preload/contract/values.ts"
import type { Bearing } from "../../domain/blast-radius.ts"
import type { KeyVersion } from "../../domain/key.ts"
import type { NamedKey } from "../../domain/key-traces.ts"
import type { OpenVault } from "../../domain/open-vault.ts"

/** A relation that points from the key which falls, to the one that falls with it. */
const carries: readonly RelationKind[] = ["protects", "wraps"]

const words: Readonly<Record<RelationKind, string>> = {
  protects: "protects",
  wraps: "wraps",
  "depends-on": "is needed by",
}

/** The keys that are exposed with a key: those it protects, wraps, was derived or copied into, and those that depend on it. */
export function exposedBy(vault: OpenVault, keyId: string): Bearing[] {
  const outgoing = (vault.keys.findById(keyId)?.relations ?? [])
    .filter(({ kind }) => carries.includes(kind))
    .map(({ kind, otherId }) => ({ keyId: otherId, how: words[kind] }))
  const incoming = vault.keys
    .relatedTo(keyId)
    .filter(({ kind }) => !carries.includes(kind))
    .map(({ kind, id }) => ({ keyId: id, how: words[kind] }))
  const derived = bearingsOn(vault, vault.traces.derived(keyId), "was derived into")
  const copied = bearingsOn(vault, vault.traces.copied(keyId), "was copied into a token as")
  return [...outgoing, ...incoming, ...derived, ...copied]
}

/** Those, and what a key bears on by each of its versions: keys that it wrapped, and itself under other names. */
export function exposedByAll(vault: OpenVault, keyId: string): Bearing[] {
  const versions = (vault.keys.findById(keyId)?.versions ?? []).filter(({ state }) => state !== "destroyed")
  const wrapped = bearingsOn(vault, vault.traces.wrapped(keyId), "wrapped")
  return [...exposedBy(vault, keyId), ...sameKeys(vault, versions), ...wrapped]
}

/** The same key under another name, in a token for one, is in other hands too. Of secret keys nobody can tell without opening all. */
export function sameKeys(vault: OpenVault, versions: readonly KeyVersion[]): Bearing[] {
  const same = versions.flatMap(({ fingerprint }) => (fingerprint === null ? [] : vault.keys.sharing(fingerprint)))
  return bearingsOn(vault, same, "is the same key as")
}

/** To the keys that are there still. */
export function bearingsOn(vault: OpenVault, keys: readonly NamedKey[], how: string): Bearing[] {
  return keys.flatMap(({ id, name }) => {
    const found = id === null ? vault.keys.find(name) : vault.keys.findById(id)
    return found === null ? [] : [{ keyId: found.id, how }]
  })
}

/** The keys whose own compromise may be the cause: those that protect or wrap it, and those that it depends on. */
export function exposing(vault: OpenVault, keyId: string): Bearing[] {
  const outgoing = (vault.keys.findById(keyId)?.relations ?? [])
    .filter(({ kind }) => !carries.includes(kind))
    .map(({ otherId }) => ({ keyId: otherId, how: "depends on" }))
  const incoming = vault.keys
    .relatedTo(keyId)
    .filter(({ kind }) => carries.includes(kind))
    .map(({ kind, id }) => ({ keyId: id, how: kind === "wraps" ? "is wrapped by" : "is protected by" }))
  return [...outgoing, ...incoming]
}
