import type { VaultDb } from "./vault-database.ts"
import type { VaultStores } from "./vault-stores.ts"

/** The stores of a vault by their names, while it has them: its database may be another connection after a while, or gone. */
export abstract class StoresInUse {
  protected abstract get inUse(): VaultStores

  get db(): VaultDb {
    return this.inUse.db
  }

  get keys(): VaultStores["keys"] {
    return this.inUse.keys
  }

  get materials(): VaultStores["materials"] {
    return this.inUse.materials
  }

  get keyrings(): VaultStores["keyrings"] {
    return this.inUse.keyrings
  }

  get policies(): VaultStores["policies"] {
    return this.inUse.policies
  }

  get reports(): VaultStores["reports"] {
    return this.inUse.reports
  }

  get traces(): VaultStores["traces"] {
    return this.inUse.traces
  }

  get incidents(): VaultStores["incidents"] {
    return this.inUse.incidents
  }

  get seals(): VaultStores["seals"] {
    return this.inUse.seals
  }

  get keks(): VaultStores["keks"] {
    return this.inUse.keks
  }

  get backups(): VaultStores["backups"] {
    return this.inUse.backups
  }

  get seeds(): VaultStores["seeds"] {
    return this.inUse.seeds
  }

  get tokenHealth(): VaultStores["tokenHealth"] {
    return this.inUse.tokenHealth
  }

  get rotations(): VaultStores["rotations"] {
    return this.inUse.rotations
  }

  get dataKeys(): VaultStores["dataKeys"] {
    return this.inUse.dataKeys
  }

  get events(): VaultStores["events"] {
    return this.inUse.events
  }

  get checkpoints(): VaultStores["checkpoints"] {
    return this.inUse.checkpoints
  }

  get journal(): VaultStores["journal"] {
    return this.inUse.journal
  }
}
