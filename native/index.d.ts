/** Bytes in locked, guarded memory outside the JavaScript heap; wiped on `destroy` or when collected. */
export class SecretBox {
  /**
   * Copies the bytes in; the caller still owns, and wipes, its own.
   * @param bytes - 1 byte to 1 MiB
   */
  constructor(bytes: Uint8Array)
  readonly length: number
  /** Copies the secret out. Throws if `target` has another length, or after `destroy`. */
  copyTo(target: Uint8Array): void
  destroy(): void
}

/** What the system granted to the pages that hold secrets; tried, not assumed. */
export interface MemoryProtection {
  /** They are never swapped out. */
  readonly locked: boolean
  /** They are left out of core dumps. */
  readonly dontDump: boolean
  /** Reading past either end faults. */
  readonly guarded: boolean
}

export function memoryProtection(): MemoryProtection

/**
 * Overwrites what libraries left on the stacks of this thread and of the pool's, and, where the allocator is glibc's, what
 * was freed: they leave and free secrets as they are.
 * @param poolThreads - how many threads the pool has
 * @returns whether all of them came in time: one busy with something long does not
 */
export function wipeLeftovers(poolThreads: number): Promise<boolean>

/** Which ways into this process are closed to other programs of the same user. */
export interface Hardening {
  readonly coreDumps: "off" | "refused"
  readonly debugger: "off" | "refused"
  /** For each refusal, the call and the system's words. */
  readonly reasons: readonly string[]
}

/** Switches off core dumps and debuggers for this process, for good. */
export function hardenProcess(): Hardening
