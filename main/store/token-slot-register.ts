import type { Secret } from "../domain/secret.ts"
import type { TokenSlotRecord, TokenSlots } from "../domain/token-slots.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { KeyringKeks } from "./keyring-keks.ts"
import { isTokenSlot } from "./keyslot-kinds.ts"
import { tryTokenSlot } from "./token-keyslots.ts"
import type { VaultHeader } from "./vault-header.ts"

interface Slotted {
  readonly header: VaultHeader
  readonly keks: Pick<KeyringKeks, "access">
}

/** The keyslots of an open vault that keys in tokens open, as its header has them now. */
export class StoredTokenSlots implements TokenSlots {
  readonly #vault: Slotted

  constructor(vault: Slotted) {
    this.#vault = vault
  }

  list(): TokenSlotRecord[] {
    return this.#slots().map(({ id, label, token }) => ({ id, name: label ?? id, uri: token.uri }))
  }

  async try(id: string, pin: Secret | null): Promise<void> {
    const slot = this.#slots().find((each) => each.id === id)
    if (slot === undefined) throw new VaultError("NOT_FOUND", `keyslot ${id}`)
    await tryTokenSlot(this.#vault.header.vaultId, slot, this.#vault.keks.access(pin))
  }

  #slots() {
    return this.#vault.header.keyslots.filter(isTokenSlot)
  }
}
