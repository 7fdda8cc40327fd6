import type { KeyslotSummary } from "../../preload/contract/keyslot-summary.ts"
import type { Keyslot, PassphraseSlot, RecoverySlot } from "./vault-header.ts"

export function isPassphraseSlot(slot: Keyslot): slot is PassphraseSlot {
  return slot.kind === "passphrase"
}

export function isRecoverySlot(slot: Keyslot): slot is RecoverySlot {
  return slot.kind === "recovery"
}

/** What may be shown of a keyslot. */
export function summaryOf(slot: Keyslot): KeyslotSummary {
  const base = { id: slot.id, kind: slot.kind, ...(typeof slot.label === "string" ? { label: slot.label } : {}) }
  if (isPassphraseSlot(slot)) {
    const { name, memoryKiB, passes, lanes } = slot.kdf
    return { ...base, kdf: { name, memoryKiB, passes, lanes } }
  }
  if (isRecoverySlot(slot)) return { ...base, scheme: { threshold: slot.scheme.threshold, count: slot.scheme.count } }
  return base
}
