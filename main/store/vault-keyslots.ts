import type { KdfParameters, ShareScheme } from "../../preload/contract/values.ts"
import { equalBytes } from "../crypto/constant-time.ts"
import type { Secret } from "../domain/secret.ts"
import type { TokenAccess } from "../domain/token-access.ts"
import { VaultError } from "../domain/vault-error.ts"
import { isPassphraseSlot, isTokenSlot } from "./keyslot-kinds.ts"
import { openPassphraseSlot, passphraseSlot, recoverySlot } from "./keyslots.ts"
import type { StoredVault } from "./stored-vault.ts"
import { openTokenSlots, tokenSlot } from "./token-keyslots.ts"
import { type Keyslot, maxKeyslots, type PassphraseSlot } from "./vault-header.ts"

/** The keyslot that this passphrase opens. @throws `WRONG_PASSPHRASE` */
export async function slotOpenedBy(vault: StoredVault, passphrase: Secret): Promise<PassphraseSlot> {
  for (const slot of vault.header.keyslots.filter(isPassphraseSlot)) {
    using masterKey = await openPassphraseSlot(vault.vaultId, slot, passphrase)
    if (masterKey !== null) return slot
  }
  throw new VaultError("WRONG_PASSPHRASE")
}

/** Puts a new passphrase, or new costs, in a keyslot's place. It keeps its label, and gets a new id and salt. */
export async function replacePassphraseSlot(
  vault: StoredVault,
  old: PassphraseSlot,
  passphrase: Secret,
  kdf: KdfParameters,
  action: string,
): Promise<Keyslot> {
  using masterKey = vault.masterKey.open()
  const slot = await passphraseSlot(vault.vaultId, masterKey, passphrase, { kdf, label: old.label })
  // Deriving takes its time: another change may have replaced the slot meanwhile.
  if (!vault.header.keyslots.some(({ id }) => id === old.id)) throw new VaultError("NOT_FOUND", `keyslot ${old.id}`)
  const keyslots = vault.header.keyslots.map((each) => (each.id === old.id ? slot : each))
  vault.changeHeader(
    { ...vault.header, keyslots },
    { action, target: null, detail: { slotId: slot.id, replaces: old.id } },
  )
  return slot
}

export async function addPassphraseSlot(
  vault: StoredVault,
  passphrase: Secret,
  kdf: KdfParameters,
  label: string | undefined,
  action: string,
): Promise<Keyslot> {
  using masterKey = vault.masterKey.open()
  const slot = await passphraseSlot(vault.vaultId, masterKey, passphrase, { kdf, label })
  addSlot(vault, slot, action)
  return slot
}

/** @returns the slot and its shares, which are the caller's to hand out and wipe */
export async function addRecoverySlot(
  vault: StoredVault,
  scheme: ShareScheme,
  label: string | undefined,
): Promise<{ slot: Keyslot; shares: Secret[] }> {
  using masterKey = vault.masterKey.open()
  const made = await recoverySlot(vault.vaultId, masterKey, scheme, label)
  addSlot(vault, made.slot, "vault.slot.add")
  return made
}

/** The token has to show that it opens the keyslot, before anybody relies on it. */
export async function addTokenSlot(
  vault: StoredVault,
  request: Parameters<typeof tokenSlot>[2],
  access: TokenAccess,
): Promise<Keyslot> {
  using masterKey = vault.masterKey.open()
  const slot = await tokenSlot(vault.vaultId, masterKey, request)
  const credential = { kind: "token", access, passphrase: request.passphrase?.secret ?? null, uri: null } as const
  const opened = await openTokenSlots({ vaultId: vault.vaultId, keyslots: [slot] }, credential)
  using again = opened.masterKey
  if (!equalBytes(again.bytes, masterKey.bytes)) throw new Error("the keyslot opens to what was put in")
  addSlot(vault, slot, "vault.slot.add")
  return slot
}

function addSlot(vault: StoredVault, slot: Keyslot, action: string): void {
  if (vault.header.keyslots.length >= maxKeyslots)
    throw new VaultError("POLICY_DENIED", `keyslots: a vault has at most ${maxKeyslots}`)
  vault.changeHeader(
    { ...vault.header, keyslots: [...vault.header.keyslots, slot] },
    { action, target: null, detail: { slotId: slot.id, kind: slot.kind, ...tokenOf(slot) } },
  )
}

/** @throws `NOT_FOUND`; `POLICY_DENIED` for the last one that a person can open */
export function removeSlot(vault: StoredVault, id: string): void {
  const removed = vault.header.keyslots.find((slot) => slot.id === id)
  if (removed === undefined) throw new VaultError("NOT_FOUND", `keyslot ${id}`)
  const keyslots = vault.header.keyslots.filter((slot) => slot.id !== id)
  if (!keyslots.some(isPassphraseSlot))
    throw new VaultError("POLICY_DENIED", "last-keyslot: no passphrase would open the vault")
  vault.changeHeader(
    { ...vault.header, keyslots },
    { action: "vault.slot.remove", target: null, detail: { slotId: id, kind: removed.kind } },
  )
}

function tokenOf(slot: Keyslot): { readonly token?: string } {
  return isTokenSlot(slot) ? { token: slot.token.uri } : {}
}
