import { z } from "zod"
import type { KdfParameters, ShareScheme } from "../../preload/contract/values.ts"
import { argon2id } from "../crypto/argon2id.ts"
import { checkKdfParameters } from "../crypto/kdf-parameters.ts"
import { randomBytes, randomSecret } from "../crypto/random.ts"
import { aadFor, joinSealed, open, seal, splitSealed } from "../crypto/seal.ts"
import { combineShares } from "../crypto/slip39/combine.ts"
import { splitSecret } from "../crypto/slip39/split.ts"
import { newId } from "../crypto/uuid-v7.ts"
import type { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { Base64, toBase64 } from "./base64.ts"
import { hasKdf } from "./keyslot-kinds.ts"
import type { Argon2id, Keyslot, PassphraseSlot, RecoverySlot, SealedFields, TokenSlot } from "./vault-header.ts"

const saltBytes = 16
const JsonObject = z.record(z.string(), z.json())

/** What a keyslot needs to be made: how its key comes about, and a name. */
interface SlotRequest {
  readonly label?: string | undefined
  readonly kdf: KdfParameters
}

/** A keyslot that the passphrase opens. Takes over neither secret. */
export async function passphraseSlot(
  vaultId: string,
  masterKey: Secret,
  passphrase: Secret,
  { label, kdf }: SlotRequest,
): Promise<PassphraseSlot> {
  const header = {
    id: newId(Date.now()),
    kind: "passphrase" as const,
    ...(label === undefined ? {} : { label }),
    kdf: saltedKdf(kdf),
  }
  using slotKey = await passphraseKey(passphrase, header.kdf)
  return { ...header, wrap: wrapForSlot(vaultId, header, slotKey, masterKey) }
}

/** Argon2id at these costs, with a salt of its own. */
export function saltedKdf(kdf: KdfParameters): Argon2id {
  return { name: "argon2id", version: 19, ...kdf, salt: toBase64(randomBytes(saltBytes)) }
}

/** 32 bytes. */
export function passphraseKey(passphrase: Secret, { memoryKiB, passes, lanes, salt }: Argon2id): Promise<Secret> {
  return argon2id(passphrase, { memoryKiB, passes, lanes, salt: Base64.parse(salt) })
}

/** A keyslot that SLIP-39 shares open, and its shares (UTF-8 words each): they exist only here. */
export async function recoverySlot(
  vaultId: string,
  masterKey: Secret,
  { threshold, count }: ShareScheme,
  label?: string,
): Promise<{ slot: RecoverySlot; shares: Secret[] }> {
  using slotKey = randomSecret(32)
  const [shares] = await splitSecret(slotKey, { groups: [{ threshold, count }], groupThreshold: 1 })
  if (shares === undefined) throw new Error("one group was asked for")
  const header = {
    id: newId(Date.now()),
    kind: "recovery" as const,
    ...(label === undefined ? {} : { label }),
    scheme: { name: "slip39" as const, threshold, count },
  }
  return { slot: { ...header, wrap: wrapForSlot(vaultId, header, slotKey, masterKey) }, shares }
}

/** The master key, or `null` when the passphrase is not this slot's or the slot was tampered with. */
export async function openPassphraseSlot(
  vaultId: string,
  slot: PassphraseSlot,
  passphrase: Secret,
): Promise<Secret | null> {
  using slotKey = await passphraseKey(passphrase, slot.kdf)
  return unwrapFromSlot(vaultId, slot, slotKey)
}

/** The key that recovery shares stand for. @throws `WRONG_SHARES` saying which share and why */
export function sharedSlotKey(shares: readonly Uint8Array[]): Promise<Secret> {
  return combineShares([...shares])
}

/** The master key from a recovery slot, or `null` when the shares are another slot's. */
export function openRecoverySlot(vaultId: string, slot: RecoverySlot, slotKey: Secret): Secret | null {
  return unwrapFromSlot(vaultId, slot, slotKey)
}

/**
 * Looks at the costs in every slot with a passphrase before anything is derived: a downgraded header would weaken the next
 * copy an attacker takes, an absurd one would exhaust the machine.
 * @throws `INTEGRITY_FAILED`
 */
export function requireSaneSlots(slots: readonly Keyslot[]): void {
  for (const slot of slots) {
    if (!hasKdf(slot)) continue
    const { memoryKiB, passes, lanes, lowMemory, salt } = slot.kdf
    const saltRead = Base64.safeParse(salt)
    if (!saltRead.success) throw new VaultError("VAULT_CORRUPT", "vault.json: keyslots: salt")
    const verdict = checkKdfParameters({
      memoryKiB,
      passes,
      lanes,
      ...(lowMemory === undefined ? {} : { lowMemory }),
      salt: saltRead.data,
    })
    if (verdict !== null) {
      throw new VaultError("INTEGRITY_FAILED", `the Argon2id parameters in keyslot ${slot.id} are ${verdict}`)
    }
  }
}

type WrappedSlot = PassphraseSlot | RecoverySlot | TokenSlot
type SlotHeader = WrappedSlot extends infer Slot ? (Slot extends WrappedSlot ? Omit<Slot, "wrap"> : never) : never

/** The AAD is the slot's own header: an edited cost, label or kind no longer opens. */
function slotAad(vaultId: string, header: SlotHeader): Uint8Array {
  return aadFor("keyslot", { ...JsonObject.parse(JSON.parse(JSON.stringify(header))), vaultId })
}

export function wrapForSlot(vaultId: string, header: SlotHeader, slotKey: Secret, masterKey: Secret): SealedFields {
  return sealedFields(seal(slotKey.bytes, masterKey.bytes, slotAad(vaultId, header)))
}

/** The master key, or `null` when that is not the slot's key, or the slot was tampered with. */
export function unwrapFromSlot(
  vaultId: string,
  { wrap: sealed, ...header }: WrappedSlot,
  slotKey: Secret,
): Secret | null {
  return openSealedFields(slotKey, sealed, slotAad(vaultId, header))
}

/** An AEAD box spelled out for the header's JSON. */
export function sealedFields(sealed: Uint8Array): SealedFields {
  const { nonce, ciphertext, tag } = splitSealed(sealed)
  return { aead: "AES-256-GCM", nonce: toBase64(nonce), ciphertext: toBase64(ciphertext), tag: toBase64(tag) }
}

/** `null` when the key is not its key, or it is not as it was written. */
export function openSealedFields(key: Secret, fields: SealedFields, aad: Uint8Array): Secret | null {
  const [nonce, ciphertext, tag] = [fields.nonce, fields.ciphertext, fields.tag].map(
    (text) => Base64.safeParse(text).data,
  )
  if (nonce?.length !== 12 || ciphertext === undefined || tag?.length !== 16) return null
  return open(key.bytes, joinSealed({ nonce, ciphertext, tag }), aad)
}
