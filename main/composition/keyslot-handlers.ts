import type { Handlers, InputOf, OutputOf } from "../../preload/contract/index.ts"
import type { KdfParameters } from "../../preload/contract/values.ts"
import { kdfFloor } from "../crypto/kdf-parameters.ts"
import { Secret } from "../domain/secret.ts"
import { TokenAccess } from "../domain/token-access.ts"
import type { TokenPort } from "../domain/token-port.ts"
import { parseTokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { isPassphraseSlot, summaryOf } from "../store/keyslot-kinds.ts"
import { openStoredVault } from "../store/open-stored-vault.ts"
import { carryOutRekey, prepareRekey } from "../store/rekey-vault.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import type { Keyslot, PassphraseSlot } from "../store/vault-header.ts"
import {
  addPassphraseSlot,
  addRecoverySlot,
  addTokenSlot,
  removeSlot,
  replacePassphraseSlot,
} from "../store/vault-keyslots.ts"
import { holdByToken } from "../use-cases/token/hold-by-token.ts"
import { leftInToken } from "../use-cases/token/left-in-token.ts"
import { chooseKdf } from "./choose-kdf.ts"
import { disposeCredential } from "./credential.ts"
import { keyCrypto } from "./key-crypto.ts"
import type { VaultSession } from "./vault-session.ts"

type KeyslotHandlers = Pick<
  Handlers,
  | "vault.passwd"
  | "vault.kdf"
  | "vault.slot.list"
  | "vault.slot.add"
  | "vault.slot.remove"
  | "vault.recover"
  | "vault.rekey"
>

/** The handlers for what opens a vault. */
export function keyslotHandlers(session: VaultSession, tokens: () => Promise<TokenPort>): KeyslotHandlers {
  return {
    "vault.passwd": async ({ newPassphrase }) => {
      using passphrase = new Secret(newPassphrase)
      const vault = session.current()
      const slot = await setPassphrase(vault, session.slotId, passphrase, "vault.passwd")
      session.slotId = slot.id
      return { vaultId: vault.vaultId, slot: summaryOf(slot), oldCopiesStillOpen: true }
    },
    "vault.kdf": async (input) => {
      using passphrase = new Secret(input.passphrase)
      const vault = session.current()
      const old = await session.slotOpenedBy(passphrase)
      const { kdf, unlockMs } = await chooseKdf(input.kdf)
      const slot = await replacePassphraseSlot(vault, old, passphrase, kdf, "vault.kdf")
      if (session.slotId === old.id) session.slotId = slot.id
      return { vaultId: vault.vaultId, slot: summaryOf(slot), kdf, unlockMs }
    },
    "vault.slot.list": () => ({ keyslots: session.current().header.keyslots.map(summaryOf) }),
    "vault.slot.add": async (input) => {
      const vault = session.current()
      if ("recovery" in input) {
        const { slot, shares } = await addRecoverySlot(vault, input.recovery, input.label)
        return { slot: summaryOf(slot), recoveryShares: shares.map(({ bytes }) => bytes) }
      }
      if ("token" in input) return { slot: summaryOf(await addForToken(session, tokens, input)) }
      using passphrase = new Secret(input.newPassphrase)
      const kdf = await costsFor(vault, input.kdf)
      return { slot: summaryOf(await addPassphraseSlot(vault, passphrase, kdf, input.label, "vault.slot.add")) }
    },
    "vault.slot.remove": ({ id, confirmed }) => {
      const vault = session.current()
      if (!confirmed) throw new VaultError("CONFIRMATION_REQUIRED", `keyslot ${id} will no longer open the vault`)
      const uri = vault.tokenSlots.list().find((slot) => slot.id === id)?.uri
      removeSlot(vault, id)
      const left = uri === undefined ? null : leftInToken(vault, uri)
      return { keyslots: vault.header.keyslots.map(summaryOf), leftInToken: left }
    },
    "vault.recover": (input) => recover(session, input),
    "vault.rekey": (input) => rekey(session, input),
  }
}

type ForToken = Extract<InputOf<"vault.slot.add">, { token: string }>

/** A key in a token opens the vault from now on, alone or together with a passphrase. */
async function addForToken(
  session: VaultSession,
  tokens: () => Promise<TokenPort>,
  { token, pin: pinBytes, newPassphrase, label, kdf }: ForToken,
): Promise<Keyslot> {
  const vault = session.current()
  using pin = pinBytes === undefined ? null : new Secret(pinBytes)
  using secret = newPassphrase === undefined ? null : new Secret(newPassphrase)
  const passphrase = secret === null ? null : { secret, kdf: await costsFor(vault, kdf) }
  const holder = { uri: parseTokenUri(token), pin, label: holderLabel(vault) }
  return await holdByToken({ session, crypto: keyCrypto, tokens }, holder, (key) =>
    addTokenSlot(vault, { key, label, passphrase }, new TokenAccess(tokens, null)),
  )
}

/** For who looks into the token; it tells nothing of the vault that its header does not. */
function holderLabel({ vaultId }: StoredVault): string {
  return `Claviger ${vaultId}`
}

async function costsFor(vault: StoredVault, choice: "auto" | KdfParameters | undefined): Promise<KdfParameters> {
  return choice === undefined ? costsOf(vault) : (await chooseKdf(choice)).kdf
}

/** New passphrases cost as much as the dearest one so far. */
function costsOf(vault: StoredVault): KdfParameters {
  const [dearest] = vault.header.keyslots
    .filter(isPassphraseSlot)
    .map(({ kdf: { memoryKiB, passes, lanes, lowMemory } }) => ({
      memoryKiB,
      passes,
      lanes,
      ...(lowMemory === undefined ? {} : { lowMemory }),
    }))
    .sort((a, b) => b.memoryKiB * b.passes - a.memoryKiB * a.passes)
  return dearest ?? kdfFloor
}

/**
 * Sets the passphrase of one keyslot: the one named, else the only one there is. Where it can't be told whose
 * passphrase is meant, a further keyslot is made and nobody is shut out.
 */
function setPassphrase(
  vault: StoredVault,
  slotId: string | null,
  passphrase: Secret,
  action: string,
): Promise<Keyslot> {
  const slots = vault.header.keyslots.filter(isPassphraseSlot)
  const target = slots.find(({ id }) => id === slotId) ?? onlyOne(slots)
  return target === null
    ? addPassphraseSlot(vault, passphrase, costsOf(vault), undefined, action)
    : replacePassphraseSlot(vault, target, passphrase, costsOf(vault), action)
}

function onlyOne(slots: readonly PassphraseSlot[]): PassphraseSlot | null {
  const [slot] = slots
  return slot === undefined || slots.length > 1 ? null : slot
}

async function recover(session: VaultSession, input: InputOf<"vault.recover">): Promise<OutputOf<"vault.recover">> {
  using passphrase = new Secret(input.newPassphrase)
  const credential = { kind: "shares", shares: input.shares } as const
  try {
    const opened = await openStoredVault(input.path, credential, session.surroundings, input.acceptRollback ?? false)
    try {
      const slot = await setPassphrase(opened.vault, null, passphrase, "vault.recover")
      return { vaultId: opened.vault.vaultId, slot: summaryOf(slot) }
    } finally {
      opened.vault.close()
    }
  } finally {
    disposeCredential(credential)
  }
}

async function rekey(session: VaultSession, input: InputOf<"vault.rekey">): Promise<OutputOf<"vault.rekey">> {
  using passphrase = new Secret(input.passphrase)
  const also = input.alsoPassphrases.map((bytes) => new Secret(bytes))
  try {
    const vault = session.current()
    const prepared = await session.patiently(() => prepareRekey(vault, [passphrase, ...also]))
    using _ = prepared.masterKey
    if (prepared.removed.length > 0 && !input.confirmed) {
      const names = prepared.removed.map(({ id, label }) => (typeof label === "string" ? `${label} (${id})` : id))
      throw new VaultError("CONFIRMATION_REQUIRED", `these keyslots can't come along: ${names.join(", ")}`)
    }
    const credential = { kind: "passphrase", passphrase } as const
    await session.closedFor((closed) => carryOutRekey(closed, prepared, session.surroundings), credential)
    return {
      vaultId: vault.vaultId,
      keyslots: prepared.header.keyslots.map(summaryOf),
      removedSlots: prepared.removed.map(summaryOf),
      ...(prepared.shares === null ? {} : { recoveryShares: prepared.shares.map(({ bytes }) => bytes) }),
    }
  } finally {
    for (const secret of also) secret[Symbol.dispose]()
  }
}
