import type { ChainHead } from "../domain/audit-entry.ts"
import type { HoldingTokens } from "../domain/token-access.ts"
import { type BackupsUnderWay, StoredBackups } from "./backup-register.ts"
import { Checkpoints } from "./checkpoints.ts"
import { StoredDataKeys } from "./data-key-register.ts"
import { StoredEvents } from "./event-register.ts"
import { genuineKeys } from "./genuine-keys.ts"
import { StoredIncidents } from "./incident-store.ts"
import { StoredJournal } from "./journal.ts"
import { KeySearch } from "./key-search.ts"
import { StoredKeys } from "./key-store.ts"
import { StoredTraces } from "./key-traces.ts"
import { KeyringHolders } from "./keyring-holders.ts"
import { KeyringKeks } from "./keyring-keks.ts"
import { StoredKeyrings } from "./keyring-store.ts"
import { StoredMaterials } from "./material-store.ts"
import { StoredPolicies } from "./policy-store.ts"
import { StoredReports } from "./report-queries.ts"
import { StoredRotations } from "./rotation-register.ts"
import { StoredSealCounts } from "./seal-counts.ts"
import { StoredSeeds } from "./seed-register.ts"
import { StoredTokenHealth } from "./token-health-register.ts"
import type { VaultDb } from "./vault-database.ts"
import type { VaultKeys } from "./vault-keys.ts"

interface Parts {
  readonly vaultId: string
  readonly derivedKeys: VaultKeys
  readonly actor: string
  /** Milliseconds since 1970, as the machine has it. */
  readonly now: () => number
  /** Told of each new head of the log once it is durable. */
  readonly onCommit: (head: ChainHead) => void
  readonly memory: SessionMemory
  /** Those that hold keyrings. */
  readonly tokens: () => Promise<HoldingTokens>
}

/** What a session remembers though the connection is another one. */
export interface SessionMemory {
  readonly backupsUnderWay: BackupsUnderWay
  readonly clockNoted: Set<string>
}

export function newSessionMemory(): SessionMemory {
  return { backupsUnderWay: { count: 0 }, clockNoted: new Set() }
}

/** The stores over one connection; they end with it. */
export interface VaultStores {
  readonly db: VaultDb
  readonly keks: KeyringKeks
  readonly keys: StoredKeys
  readonly materials: StoredMaterials
  readonly keyrings: StoredKeyrings
  readonly policies: StoredPolicies
  readonly reports: StoredReports
  readonly traces: StoredTraces
  readonly incidents: StoredIncidents
  readonly seals: StoredSealCounts
  readonly backups: StoredBackups
  readonly seeds: StoredSeeds
  readonly tokenHealth: StoredTokenHealth
  readonly rotations: StoredRotations
  readonly dataKeys: StoredDataKeys
  readonly events: StoredEvents
  readonly journal: StoredJournal
  readonly checkpoints: Checkpoints
}

export function storesOver(db: VaultDb, { vaultId, derivedKeys, actor, now, memory, ...parts }: Parts): VaultStores {
  const search = new KeySearch(db)
  const holders = new KeyringHolders(db, vaultId)
  const keks = new KeyringKeks({ db, vaultId, wrappingKey: derivedKeys.keyringKek, holders, tokens: parts.tokens })
  const keys = new StoredKeys(db, search, genuineKeys(db, derivedKeys.auditMac))
  const digestOf = (keyId: string): string => keys.digestOf(keyId)
  const checkpoints = new Checkpoints(db)
  const { auditMac } = derivedKeys
  const { backupsUnderWay, clockNoted } = memory
  const onCommit = (head: ChainHead): void => {
    parts.onCommit(head)
    void checkpoints.afterCommit()
  }
  return {
    db,
    keks,
    keys,
    materials: new StoredMaterials(db, { vaultId, keks, markKey: derivedKeys.materialMark }),
    keyrings: new StoredKeyrings({ db, keks, now }),
    policies: new StoredPolicies(db, auditMac),
    seals: new StoredSealCounts(db),
    reports: new StoredReports(db),
    traces: new StoredTraces(db),
    incidents: new StoredIncidents(db, auditMac),
    backups: new StoredBackups(db, backupsUnderWay),
    seeds: new StoredSeeds(db),
    tokenHealth: new StoredTokenHealth(db),
    rotations: new StoredRotations(db, auditMac),
    dataKeys: new StoredDataKeys(db),
    events: new StoredEvents(db, auditMac),
    journal: new StoredJournal({ db, search, auditMac, actor, now, digestOf, onCommit, clockNoted }),
    checkpoints,
  }
}
