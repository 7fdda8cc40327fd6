import { equalBytes } from "../crypto/constant-time.ts"
import { randomSecret } from "../crypto/random.ts"
import { newId } from "../crypto/uuid-v7.ts"
import type { KeyringRecord, KeyringToken } from "../domain/open-vault.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { HoldingKey } from "./bind-to-token.ts"
import { type HeldKek, loggedHolder } from "./keyring-holders.ts"
import type { StoredVault } from "./stored-vault.ts"

interface NewKeyring {
  readonly name: string
  readonly purpose: KeyringRecord["purpose"]
}

/**
 * A keyring whose KEK a key in a token holds. The token has shown that it opens it, by the login that it has, before anything is stored.
 * @throws `ALREADY_EXISTS`, and as the token does
 */
export async function createHeldKeyring(vault: StoredVault, { name, purpose }: NewKeyring, key: HoldingKey) {
  const keyringId = newId(vault.now())
  using kek = randomSecret(32)
  const held = await vault.keks.holders.heldBy(key, kek, { keyringId, version: 1 }, vault.now())
  await requireOpens(vault, keyringId, held, kek)
  return vault.journal.record(() => {
    const keyring = vault.keyrings.createHeld(keyringId, name, purpose, held)
    const detail = { keyringId, purpose, holder: { ...loggedHolder(held.holder) } }
    return { entry: { action: "keyring.create", target: name, detail }, result: keyring }
  })
}

/** Has another key in a token hold the keyring as well. One that holds it already must be there, and logged in. */
export async function enrollToken(vault: StoredVault, keyring: KeyringRecord, key: HoldingKey): Promise<KeyringRecord> {
  requireHeld(keyring)
  const keks = await vault.keks.holders.open(vault.keks.access(null), keyring.id)
  try {
    const held: HeldKek[] = []
    for (const [version, kek] of keks) {
      const place = { keyringId: keyring.id, version }
      const [first] = held
      const one =
        first === undefined
          ? await vault.keks.holders.heldBy(key, kek, place, vault.now())
          : await vault.keks.holders.heldAs(first.holder, kek, place)
      await requireOpens(vault, keyring.id, one, kek)
      held.push(one)
    }
    return store(vault, keyring, held)
  } finally {
    for (const kek of keks.values()) kek[Symbol.dispose]()
  }
}

function store(vault: StoredVault, { id: keyringId, name }: KeyringRecord, held: readonly HeldKek[]): KeyringRecord {
  const [first] = held
  if (first === undefined) throw new VaultError("INTEGRITY_FAILED", `the KEK of keyring ${keyringId} is missing`)
  return vault.journal.record(() => {
    vault.keks.holders.add(keyringId, first.holder)
    for (const one of held) vault.keks.holders.put(one)
    const detail = { keyringId, holder: { ...loggedHolder(first.holder) } }
    return { entry: { action: "keyring.enroll", target: name, detail }, result: vault.keyrings.find(name) }
  })
}

/** A token that holds it no longer, which need not be there. @throws `NOT_FOUND`; `POLICY_DENIED` for the last */
export function withdrawToken(vault: StoredVault, keyring: KeyringRecord, { id }: KeyringToken): KeyringRecord {
  if (keyring.tokens.length === 1)
    throw new VaultError("POLICY_DENIED", `last-token: without it nothing opens the keyring ${keyring.name}`)
  const gone = vault.keks.holders.all().find((holder) => holder.id === id)
  if (gone === undefined) throw new VaultError("NOT_FOUND", `that token holds no keyring`)
  const { keyringId, ...holder } = gone
  return vault.journal.record(() => {
    vault.keks.holders.remove(id)
    const entry = { action: "keyring.withdraw", target: keyring.name, detail: { keyringId, holder } }
    return { entry, result: vault.keyrings.find(keyring.name) }
  })
}

export function requireHeld({ name, tokens }: KeyringRecord): void {
  if (tokens.length > 0) return
  throw new VaultError("STATE_DENIED", `keyring ${name} is the vault's own: a token holds one from the start`)
}

async function requireOpens(vault: StoredVault, keyringId: string, held: HeldKek, kek: Secret): Promise<void> {
  using again = await vault.keks.holders.opens(vault.keks.access(null), keyringId, held)
  if (!equalBytes(again.bytes, kek.bytes)) throw new Error("a KEK opens to what was put in")
}
