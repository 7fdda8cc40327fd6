/** The two channels between page and main, and no others. */
export const invokeChannel = "claviger:invoke"
export const announceChannel = "claviger:announce"

/** What the preload exposes to the page, as `window.claviger`. */
export interface Bridge {
  /** Asks for an operation by its name; never throws for a refusal, which is in the reply. */
  invoke(operation: string, input: unknown): Promise<unknown>
  /** @returns what ends the subscription */
  subscribe(listener: (announcement: unknown) => void): () => void
}
