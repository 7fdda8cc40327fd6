import type { KeyOutline } from "./key-outline.ts"

/** What a document says of itself. */
export interface DocumentHead {
  /** A UUID of its own. */
  readonly id: string
  readonly vaultId: string
  /** RFC 3339 UTC. */
  readonly at: string
}

/** A document of all keys, made in pieces while they are read. */
export interface InventoryDocument {
  begin(head: DocumentHead): string
  /** @param isFirst - whether no key was written before */
  key(key: KeyOutline, isFirst: boolean): string
  end(): string
}
