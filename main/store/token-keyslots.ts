import { slotKeyIsGone } from "../../preload/contract/failure.ts"
import type { KdfParameters } from "../../preload/contract/values.ts"
import { newId } from "../crypto/uuid-v7.ts"
import type { Secret } from "../domain/secret.ts"
import type { TokenAccess } from "../domain/token-access.ts"
import { meansKey, parseTokenUri, type TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { type BindingPlace, bindTo, type HoldingKey, holdingKeyOf, sealingKey } from "./bind-to-token.ts"
import { openWithFirstToken } from "./first-token.ts"
import { isTokenSlot } from "./keyslot-kinds.ts"
import { passphraseKey, saltedKdf, unwrapFromSlot, wrapForSlot } from "./keyslots.ts"
import type { Keyslot, TokenSlot } from "./vault-header.ts"

interface SlotRequest {
  readonly key: HoldingKey
  readonly label?: string | undefined
  /** What is needed besides the token. */
  readonly passphrase: { readonly secret: Secret; readonly kdf: KdfParameters } | null
}

/** A keyslot that a key in a token opens, which need not be there for it. Takes over no secret. */
export async function tokenSlot(vaultId: string, masterKey: Secret, request: SlotRequest): Promise<TokenSlot> {
  const { key, label, passphrase } = request
  const id = newId(Date.now())
  const named = { id, ...(label === undefined ? {} : { label }) }
  if (passphrase === null) {
    const kind = "token" as const
    const { binding, key: slotKey } = await bindTo(key, placeOf(vaultId, { id, kind }))
    using owned = slotKey
    const header = { ...named, kind, token: binding }
    return { ...header, wrap: wrapForSlot(vaultId, header, owned, masterKey) }
  }
  const kind = "token+passphrase" as const
  const kdf = saltedKdf(passphrase.kdf)
  using fromPassphrase = await passphraseKey(passphrase.secret, kdf)
  const { binding, key: slotKey } = await bindTo(key, placeOf(vaultId, { id, kind }), fromPassphrase)
  using owned = slotKey
  const header = { ...named, kind, token: binding, kdf }
  return { ...header, wrap: wrapForSlot(vaultId, header, owned, masterKey) }
}

/** The same for another master key. */
export function renewedTokenSlot(vaultId: string, masterKey: Secret, { label, token }: TokenSlot): Promise<TokenSlot> {
  return tokenSlot(vaultId, masterKey, { key: holdingKeyOf(token), label, passphrase: null })
}

function placeOf(vaultId: string, { id, kind }: Pick<TokenSlot, "id" | "kind">): BindingPlace {
  return { use: "keyslot-token", vaultId, slotId: id, kind }
}

/** What somebody opens a vault with who has a token. */
export interface TokenCredential {
  readonly kind: "token"
  readonly access: TokenAccess
  readonly passphrase: Secret | null
  /** Which token, where that is said. */
  readonly uri: TokenUri | null
}

/**
 * Has the token come to what a keyslot is bound to, and opens it, where no passphrase is needed besides.
 * @throws as the token does; `TOKEN_ERROR` when it does not open
 */
export async function tryTokenSlot(vaultId: string, slot: TokenSlot, access: TokenAccess): Promise<void> {
  await openWithFirstToken(access, [slot], (_, secret) => {
    if (slot.kind === "token+passphrase") return true
    using slotKey = sealingKey(secret, slot.token, placeOf(vaultId, slot), null)
    using masterKey = unwrapFromSlot(vaultId, slot, slotKey)
    return masterKey === null ? null : true
  })
}

interface SlottedHeader {
  readonly vaultId: string
  readonly keyslots: readonly Keyslot[]
}

/**
 * Opens one of a header's keyslots with a token, and with the passphrase where one wants it.
 * @throws `NOT_FOUND` when no keyslot is for that; `WRONG_PASSPHRASE`; and as the token does
 */
export async function openTokenSlots(
  { vaultId, keyslots }: SlottedHeader,
  { access, passphrase, uri }: TokenCredential,
): Promise<{ readonly masterKey: Secret; readonly slotId: string }> {
  const slots = keyslots
    .filter(isTokenSlot)
    .filter(({ token }) => uri === null || meansKey(uri, parseTokenUri(token.uri)))
  const both = passphrase === null ? [] : slots.filter(({ kind }) => kind === "token+passphrase")
  const wanted = [...both, ...slots.filter(({ kind }) => kind === "token")]
  if (wanted.length === 0) {
    throw slots.length === 0
      ? new VaultError("NOT_FOUND", "a keyslot for that token")
      : new VaultError("WRONG_PASSPHRASE", "its keyslot wants a passphrase besides the token")
  }
  // The passphrase may be the wrong one, or the slot was tampered with: which of them is nobody's business.
  const refusal = both.length === 0 ? undefined : new VaultError("WRONG_PASSPHRASE")
  const open = async (slot: TokenSlot, secret: Secret) => {
    using fromPassphrase = !("kdf" in slot) || passphrase === null ? null : await passphraseKey(passphrase, slot.kdf)
    using slotKey = sealingKey(secret, slot.token, placeOf(vaultId, slot), fromPassphrase)
    const masterKey = unwrapFromSlot(vaultId, slot, slotKey)
    return masterKey === null ? null : { masterKey, slotId: slot.id }
  }
  try {
    return await openWithFirstToken(access, wanted, open, refusal)
  } catch (error) {
    if (!(error instanceof VaultError && error.code === "NOT_FOUND")) throw error
    const names = wanted.map(({ id, label }) => label ?? id).join(", ")
    throw new VaultError("NOT_FOUND", `${slotKeyIsGone}: keyslot ${names}`, { cause: error })
  }
}
