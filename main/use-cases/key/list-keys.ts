import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyCertificate, KeyObject } from "../../../preload/contract/key-object.ts"
import { earlier } from "../../domain/cryptoperiod.ts"
import type { Attachment, Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { useLimitFinding } from "../../domain/use-limit.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { policyFor } from "../policy/policy-for.ts"
import { advanceKeyStates } from "./advance-key-states.ts"
import { findKey } from "./find-key.ts"
import { cursorAfter, readCursor } from "./key-cursor.ts"
import { keyObject, timeOf } from "./key-object.ts"

/** A page of the inventory in the order that is asked for; `next` is where the following page starts. */
export function listKeys(session: Session<OpenVault>) {
  return ({
    limit,
    cursor,
    due,
    olderThan,
    youngerThan,
    order,
    ...filter
  }: InputOf<"key.list">): OutputOf<"key.list"> => {
    const vault = session.current()
    advanceKeyStates(vault)
    const now = timeOf(vault)
    const dueAt = due === true ? now : undefined
    const madeUntil = olderThan && earlier(now, olderThan)
    const madeAfter = youngerThan && earlier(now, youngerThan)
    if (filter.keyring !== undefined) vault.keyrings.find(filter.keyring)
    const after = cursor === undefined ? undefined : readCursor(order, cursor)
    const keys = vault.keys.list({ ...filter, order, dueAt, madeUntil, madeAfter, limit: limit + 1, after })
    const page = keys.slice(0, limit)
    const last = page.at(-1)
    return {
      keys: page.map((key) => countedKey(vault, key)),
      ...(keys.length > limit && last !== undefined ? { next: cursorAfter(order, last) } : {}),
    }
  }
}

/** One key with its certificates, what it bears on and what bears on it; never material. @throws `NOT_FOUND` */
export function showKey(session: Session<OpenVault>, crypto: KeyCrypto) {
  return ({ name }: InputOf<"key.show">): KeyObject => {
    const vault = session.current()
    const key = findKey(vault, name)
    const certificates = key.versions.flatMap((version) => certificatesOf(crypto, version))
    return {
      ...countedKey(vault, key),
      relations: relationsOf(vault, key.id),
      ...(certificates.length === 0 ? {} : { certificates }),
    }
  }
}

/** With what there is to say of how often its current version was used. */
function countedKey(vault: OpenVault, key: Key): KeyObject {
  const shown = keyObject(vault, key)
  const isCounted = key.state === "active" && (key.usages.includes("encrypt") || key.usages.includes("wrap"))
  const uses = isCounted ? vault.seals.count(key.id, key.currentVersion) : 0
  const finding = useLimitFinding(policyFor(vault, key), key, uses)
  return finding === null ? shown : { ...shown, findings: [...shown.findings, finding] }
}

function certificatesOf(crypto: KeyCrypto, { version, attachments }: KeyVersion): KeyCertificate[] {
  return attachments.flatMap((each): KeyCertificate[] =>
    each.kind === "x509" ? [{ version, ...described(crypto, each) }] : [],
  )
}

/** One that can't be read is kept with its key all the same. */
function described(crypto: KeyCrypto, { content, fingerprint }: Attachment): Omit<KeyCertificate, "version"> {
  try {
    return crypto.describeCertificate(content)
  } catch (error) {
    if (error instanceof VaultError) return { fingerprint }
    throw error
  }
}

/** Both directions of a key's relations. */
export function relationsOf(vault: OpenVault, id: string): NonNullable<KeyObject["relations"]> {
  const key = vault.keys.findById(id)
  const outgoing = (key?.relations ?? []).map(({ kind, otherName }) => ({
    kind,
    direction: "to" as const,
    key: otherName,
  }))
  const incoming = vault.keys
    .relatedTo(id)
    .map(({ kind, key: name }) => ({ kind, direction: "from" as const, key: name }))
  return [...outgoing, ...incoming]
}
