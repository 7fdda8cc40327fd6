import type { InputOf } from "../../../preload/contract/index.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { Key, Relation } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { unusable } from "../../domain/waiting-destruction.ts"
import { changeKey } from "./change-key.ts"
import { findKey } from "./find-key.ts"
import { relationsOf } from "./list-keys.ts"

/** Notes, or takes back, that one key protects, wraps or depends on another. @throws `NOT_FOUND`, `INVALID_INPUT`, `STATE_DENIED` */
export function relateKey(session: Session<OpenVault>) {
  return ({ name, kind, other, remove = false }: InputOf<"key.relate">): KeyObject => {
    const vault = session.current()
    const to = findKey(vault, other)
    const { id: otherId, name: otherName } = to
    if (!remove) requireThere(to)
    const relation = { kind, otherId, otherName }
    const detail = { kind, other: otherName, removed: remove }
    const key = changeKey(vault, { name, action: "key.relate", detail }, (before) =>
      remove ? without(before, relation) : withRelation(before, relation),
    )
    return { ...key, relations: relationsOf(vault, key.id) }
  }
}

function requireThere(key: Key): void {
  const { name, state } = key
  if (state === "destroyed" || state === "pending-destruction") throw unusable(key, name, state)
}

function withRelation(key: Key, relation: Relation): Key {
  requireThere(key)
  if (key.id === relation.otherId) throw new VaultError("INVALID_INPUT", "other: a key bears no relation to itself")
  const relations = [...key.relations.filter((each) => !isSame(each, relation)), relation]
  return { ...key, relations: relations.sort(byKindAndId) }
}

function without(key: Key, relation: Relation): Key {
  const relations = key.relations.filter((each) => !isSame(each, relation))
  if (relations.length === key.relations.length)
    throw new VaultError("NOT_FOUND", `${key.name} ${relation.kind} ${relation.otherName}`)
  return { ...key, relations }
}

function isSame(a: Relation, b: Relation): boolean {
  return a.kind === b.kind && a.otherId === b.otherId
}

/** The order in which the inventory gives them back, which the digest in the log depends on. */
function byKindAndId(a: Relation, b: Relation): number {
  const [left, right] = [`${a.kind}/${a.otherId}`, `${b.kind}/${b.otherId}`]
  return left < right ? -1 : Number(left > right)
}
