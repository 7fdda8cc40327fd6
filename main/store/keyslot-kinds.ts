import type { KeyslotSummary } from "../../preload/contract/keyslot-summary.ts"
import type { Argon2id, Keyslot, PassphraseSlot, RecoverySlot, TokenSlot } from "./vault-header.ts"

export function isPassphraseSlot(slot: Keyslot): slot is PassphraseSlot {
  return slot.kind === "passphrase"
}

export function isRecoverySlot(slot: Keyslot): slot is RecoverySlot {
  return slot.kind === "recovery"
}

export function isTokenSlot(slot: Keyslot): slot is TokenSlot {
  return slot.kind === "token" || slot.kind === "token+passphrase"
}

/** Whether a passphrase has a part in it. */
export function hasKdf(slot: Keyslot): slot is Keyslot & { readonly kdf: Argon2id } {
  return isPassphraseSlot(slot) || slot.kind === "token+passphrase"
}

/** What may be shown of a keyslot. */
export function summaryOf(slot: Keyslot): KeyslotSummary {
  const base = { id: slot.id, kind: slot.kind, ...(typeof slot.label === "string" ? { label: slot.label } : {}) }
  return {
    ...base,
    ...(hasKdf(slot) ? { kdf: shownKdf(slot.kdf) } : {}),
    ...(isRecoverySlot(slot) ? { scheme: { threshold: slot.scheme.threshold, count: slot.scheme.count } } : {}),
    ...(isTokenSlot(slot) ? { token: slot.token.uri } : {}),
  }
}

function shownKdf({ name, memoryKiB, passes, lanes }: Argon2id): NonNullable<KeyslotSummary["kdf"]> {
  return { name, memoryKiB, passes, lanes }
}
