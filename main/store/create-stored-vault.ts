import type { KdfParameters, ShareScheme } from "../../preload/contract/values.ts"
import { randomSecret } from "../crypto/random.ts"
import { newId } from "../crypto/uuid-v7.ts"
import type { Secret } from "../domain/secret.ts"
import { cleanUp, removeFile } from "../files/remove-file.ts"
import { syncDirectory, writeNewFile } from "../files/replace-file.ts"
import type { AnchorPlace } from "./anchor-place.ts"
import { createAuditSigner } from "./audit-signer.ts"
import { recordHeader } from "./header-history.ts"
import { noKeys, StoredJournal } from "./journal.ts"
import { KeySearch } from "./key-search.ts"
import { KeyringHolders } from "./keyring-holders.ts"
import { KeyringKeks } from "./keyring-keks.ts"
import { StoredKeyrings } from "./keyring-store.ts"
import { passphraseSlot, recoverySlot } from "./keyslots.ts"
import { removeUnfinished } from "./leftovers.ts"
import { migrate } from "./migration.ts"
import { migrations } from "./migrations/index.ts"
import { RollbackAnchor } from "./rollback-anchor.ts"
import { noTokens, type Surroundings } from "./surroundings.ts"
import { createVaultDatabase, type VaultDb } from "./vault-database.ts"
import { newVaultDirectory, type VaultDirectory } from "./vault-directory.ts"
import { encodeHeader, parseHeader, type VaultHeader, writeHeader } from "./vault-header.ts"
import { databaseKey, type VaultKeys, vaultKeys } from "./vault-keys.ts"
import { VaultLock } from "./vault-lock.ts"
import { newVaultState, writeSetting, writeVaultState } from "./vault-state.ts"

/** The compartment that keys go to when no other is named. */
export const defaultKeyring = "personal"

export interface NewVault {
  readonly path: string
  readonly passphrase: Secret
  readonly kdf: KdfParameters
  readonly label?: string | undefined
  readonly recovery?: ShareScheme | undefined
}

export interface CreatedVault {
  readonly vaultId: string
  readonly path: string
  /** The recovery shares, UTF-8 words each; the caller's to hand out and wipe. */
  readonly shares: readonly Secret[] | null
}

/**
 * Makes a vault. A mark says that it is unfinished until its header, which is written last, is there: a crash before
 * that leaves a folder that is not yet a vault, and in which one can be made.
 * @throws `ALREADY_EXISTS`, `VAULT_BUSY`
 */
export async function createStoredVault(
  wanted: NewVault,
  surroundings: Omit<Surroundings, "keep">,
): Promise<CreatedVault> {
  const directory = newVaultDirectory(wanted.path)
  using _ = VaultLock.take(directory.lock)
  using masterKey = randomSecret(32)
  const { header, shares } = await newHeader(wanted, masterKey, surroundings.now())
  const keys = vaultKeys(masterKey, header.vaultId)
  // Another program may have made a vault here before this one had the lock.
  newVaultDirectory(wanted.path)
  try {
    removeUnfinished(directory)
    writeNewFile(directory.unfinished, new Uint8Array(0))
    syncDirectory(directory.path)
    fillDatabase(directory, header, masterKey, keys, surroundings)
    writeHeader(directory, header, keys.headerMac)
  } catch (error) {
    cleanUp(() => removeUnfinished(directory))
    throw error
  }
  // The vault is made: beside a header the mark means nothing, and the first opening removes it too.
  cleanUp(() => removeFile(directory.unfinished))
  return { vaultId: header.vaultId, path: directory.path, shares }
}

async function newHeader(
  { passphrase, kdf, label, recovery }: NewVault,
  masterKey: Secret,
  now: number,
): Promise<{ header: VaultHeader; shares: Secret[] | null }> {
  const vaultId = newId(now)
  const slot = await passphraseSlot(vaultId, masterKey, passphrase, { kdf })
  const recovering = recovery === undefined ? null : await recoverySlot(vaultId, masterKey, recovery)
  const header: VaultHeader = {
    format: "claviger-vault",
    version: 1,
    vaultId,
    createdAt: new Date(now).toISOString(),
    ...(label === undefined ? {} : { label }),
    database: { cipher: "sqlcipher", pageSize: 4096 },
    keyslots: recovering === null ? [slot] : [slot, recovering.slot],
  }
  return { header, shares: recovering?.shares ?? null }
}

function fillDatabase(
  directory: VaultDirectory,
  header: VaultHeader,
  masterKey: Secret,
  keys: VaultKeys,
  surroundings: Omit<Surroundings, "keep">,
): void {
  using pageKey = databaseKey(masterKey, header.vaultId)
  const db = createVaultDatabase(directory.database, pageKey)
  try {
    migrate(db, migrations)
    const instanceId = newId(surroundings.now())
    writeVaultState(db, newVaultState(instanceId))
    firstRow(db, header, keys, { ...surroundings, instanceId, path: directory.path })
  } finally {
    db.close()
  }
}

function firstRow(
  db: VaultDb,
  header: VaultHeader,
  keys: VaultKeys,
  {
    instanceId,
    path,
    configDirectory,
    actor,
    now,
  }: Omit<Surroundings, "keep"> & Pick<AnchorPlace, "instanceId" | "path">,
): void {
  const { vaultId } = header
  const anchor = new RollbackAnchor({ configDirectory, vaultId, instanceId, path }, keys.anchorMac)
  const journal = new StoredJournal({
    db,
    search: new KeySearch(db),
    auditMac: keys.auditMac,
    actor,
    now,
    digestOf: noKeys,
    onCommit: (head) => anchor.remember(head),
  })
  journal.record(() => {
    createAuditSigner(db, keys.auditSigning, vaultId)
    recordHeader(db, parseHeader(encodeHeader(header, keys.headerMac)).mac)
    writeSetting(db, "vaultId", vaultId)
    const holders = new KeyringHolders(db, vaultId)
    const keks = new KeyringKeks({ db, vaultId, wrappingKey: keys.keyringKek, holders, tokens: noTokens })
    new StoredKeyrings({ db, keks, now }).create(defaultKeyring)
    return { entry: { action: "vault.create", target: null, detail: { vaultId, instanceId } }, result: undefined }
  })
}
