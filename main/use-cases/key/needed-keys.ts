import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { commandOn } from "../../domain/shell-words.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { timeOf } from "./key-object.ts"

/** What of a key is to go. */
export interface Doomed {
  readonly key: Key
  readonly versions: readonly KeyVersion[]
  /** Whether the key goes with them. */
  readonly isWhole: boolean
}

type Describe = Pick<KeyCrypto, "describeCertificate">

/**
 * A key that others stand on is not pulled away from under them. Whoever knows better is not believed alone.
 * @param override - a person wants it all the same
 * @throws `POLICY_DENIED` with what needs it; `APPROVAL_REQUIRED` where that is to be overridden: nobody can approve that yet
 */
export function requireNotNeeded(vault: OpenVault, crypto: Describe, doomed: Doomed, override = false): void {
  const { key, isWhole } = doomed
  const needs = isWhole ? [...dependantsOf(vault, key), ...certificatesOf(vault, crypto, doomed)] : []
  const what =
    needs.length > 0
      ? `${key.name} is needed by ${needs.join(", ")}`
      : (neededByRotation(vault, doomed) ?? neededByDataKeys(vault, doomed))
  if (what === null) return
  if (!override) throw new VaultError("POLICY_DENIED", `needed-by-others: ${what}`)
  throw new VaultError("APPROVAL_REQUIRED", `approval: a second person must approve it, since ${what}`)
}

function dependantsOf(vault: OpenVault, key: Key): string[] {
  const stoodOn = key.relations
    .filter(({ kind }) => kind !== "depends-on")
    .map(({ otherId }) => vault.keys.findById(otherId))
  return [
    ...stoodOn.flatMap((other) => (other === null || other.state === "destroyed" ? [] : [other.name])),
    ...vault.keys
      .relatedTo(key.id)
      .filter(({ kind, state }) => kind === "depends-on" && state !== "destroyed")
      .map((other) => other.key),
  ]
}

/** Whoever deactivated the key, or knows it in other hands, has done with its certificate. */
function certificatesOf(vault: OpenVault, crypto: Describe, { key, versions }: Doomed): string[] {
  if (key.state !== "active" && key.state !== "suspended") return []
  const current = versions.filter(({ version }) => version === key.currentVersion)
  return current
    .flatMap(({ attachments }) => attachments.filter(({ kind }) => kind === "x509"))
    .flatMap(({ content }) => validName(crypto, content, timeOf(vault)) ?? [])
}

/** `null` for one that is over, or can't be read: it is kept with its key all the same. */
function validName(crypto: Describe, der: Uint8Array, now: string): string | null {
  try {
    const { subject, serial, notAfter } = crypto.describeCertificate(der)
    if (notAfter === undefined || notAfter <= now) return null
    return `the certificate ${subject}, serial ${serial}, which is valid until ${notAfter} (deactivate the key first)`
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}

/** The old version opens what it made until it is retired, and is what is gone back to. A leaked one is not. */
function neededByRotation(vault: OpenVault, { key, versions, isWhole }: Doomed): string | null {
  const rotation = isWhole ? null : vault.rotations.find(key.id)
  const old = versions.find(({ version }) => version === rotation?.fromVersion)
  if (old === undefined || old.state === "compromised" || old.pending?.from === "compromised") return null
  return `version ${old.version} of ${key.name} is needed by its rotation: ${commandOn(key.name, "rotation advance")}, or ${commandOn(key.name, "rotation rollback", "--reason WHY")}`
}

/** What was left here, or can be moved, is not lost by mistake: who has done with it says so first. */
function neededByDataKeys(vault: OpenVault, { key: { id, name, currentVersion }, versions }: Doomed): string | null {
  const numbers = versions.map(({ version }) => version)
  const count = vault.dataKeys.countOf(id, numbers)
  if (count === 0) return null
  const what = `${count} data ${count === 1 ? "key" : "keys"} of ${name} in this vault would never open again`
  const forget = commandOn(name, "key forget-datakey", "--all")
  return numbers.includes(currentVersion)
    ? `${what}: ${forget}`
    : `${what}: ${commandOn(name, "rotation rewrap")}, or ${forget}`
}
