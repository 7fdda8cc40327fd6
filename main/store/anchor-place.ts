/** Whose anchor it is: a vault, and which copy of it. A restored backup is an instance with a history of its own. */
export interface AnchorPlace {
  readonly configDirectory: string
  readonly vaultId: string
  readonly instanceId: string
  /** The vault's folder: absolute, with links resolved. */
  readonly path: string
}
