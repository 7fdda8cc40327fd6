import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { InventoryPace, TellEditedKeys } from "../../main/composition/check-inventory.ts"
import { compose } from "../../main/composition.ts"
import type { TellProgress } from "../../main/domain/long-work.ts"
import type { StartHost } from "../../main/domain/module-host.ts"
import type { Claviger } from "../../main/operations/claviger.ts"
import type { Patience } from "../../main/token/module-process.ts"
import type { Failure } from "../../preload/contract/failure.ts"
import type { OperationName, OutputOf, RequestOf } from "../../preload/contract/index.ts"
import type { KdfParameters } from "../../preload/contract/values.ts"
import { startTestedHost } from "./token-hosts.ts"

/** The recorded low-memory choice: the cheapest that a vault accepts, about 30 ms. */
export const lowMemoryKdf: KdfParameters = { memoryKiB: 19_456, passes: 2, lanes: 1, lowMemory: true }

const usualPassphrase = "correct horse battery staple"

/** Fresh bytes each time: whoever gets them wipes them. */
export function passphrase(text = usualPassphrase): Uint8Array<ArrayBuffer> {
  return utf8(text)
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text))
}

interface Choices {
  readonly recovery?: { readonly threshold: number; readonly count: number }
  readonly label?: string
  readonly actor?: string
  /** Milliseconds since 1970 at which the vault's clock stands; else the clock is the machine's. */
  readonly at?: number
  /** For the libraries of tokens. */
  readonly tokenPatience?: Patience
  readonly tellProgress?: TellProgress
  readonly startTokenHost?: StartHost
  readonly tellEditedKeys?: TellEditedKeys
  /** How the keys are checked after an unlock. */
  readonly inventoryPace?: InventoryPace
}

/** A failure that came back where a result was wanted. */
export class Refusal extends Error {
  readonly failure: Failure

  constructor(operation: string, failure: Failure) {
    super(`${operation}: ${failure.code}: ${failure.detail ?? ""}`)
    this.failure = failure
  }
}

/** Claviger over one vault in a temporary folder of its own; `using` closes the vault and removes the folder. */
export class TestVault implements Disposable {
  readonly folder: string
  /** The vault's folder. */
  readonly path: string
  readonly configDirectory: string
  readonly claviger: Claviger
  /** What was reported as a bug: to be empty. */
  readonly bugs: unknown[] = []
  /** Recovery shares, where there are any. */
  shares: readonly Uint8Array[] = []
  /** Milliseconds since 1970, or `null` for the machine's own clock. */
  at: number | null

  /** @param configDirectory - another one than the folder's own, as on another machine */
  constructor(
    folder: string,
    { actor = "tester", at, startTokenHost = startTestedHost, ...choices }: Choices = {},
    configDirectory = join(folder, "config"),
  ) {
    this.folder = folder
    this.path = join(folder, "test.claviger")
    this.configDirectory = configDirectory
    this.at = at ?? null
    this.claviger = compose({
      configDirectory,
      actor,
      now: () => this.at ?? Date.now(),
      reportBug: (_, error) => this.bugs.push(error),
      ...choices,
      startTokenHost,
    })
  }

  /** A new vault, unlocked. */
  static async create(choices: Choices = {}): Promise<TestVault> {
    const vault = new TestVault(temporaryFolder(), choices)
    const { label, recovery } = choices
    const { recoveryShares = [] } = await vault.ask("vault.create", {
      path: vault.path,
      passphrase: passphrase(),
      kdf: lowMemoryKdf,
      ...(label === undefined ? {} : { label }),
      ...(recovery === undefined ? {} : { recovery }),
    })
    vault.shares = recoveryShares
    await vault.unlock()
    return vault
  }

  /** The same folder, vault and anchors and all, once more somewhere else; locked. */
  static copyOf(original: TestVault, choices: Choices = {}): TestVault {
    const folder = temporaryFolder()
    cpSync(original.folder, folder, { recursive: true })
    const vault = new TestVault(folder, choices)
    // Of a vault that is open: nobody has the copy open.
    rmSync(join(vault.path, "vault.lock"), { force: true })
    return vault
  }

  /** @throws Refusal */
  async ask<Name extends OperationName>(name: Name, input: RequestOf<Name>): Promise<OutputOf<Name>> {
    const reply = await this.claviger.dispatch(name, input)
    if (!reply.ok) throw new Refusal(name, reply.error)
    // Dispatch has checked the result against this very schema; its type does not say so.
    return reply.result as OutputOf<Name>
  }

  /** The failure that an operation is expected to end with. @throws Error when it succeeds */
  async refusal<Name extends OperationName>(name: Name, input: RequestOf<Name>): Promise<Failure> {
    const reply = await this.claviger.dispatch(name, input)
    if (reply.ok) throw new Error(`${name} was not refused`)
    return reply.error
  }

  unlock(text?: string, acceptRollback = false): Promise<OutputOf<"vault.unlock">> {
    return this.ask("vault.unlock", { path: this.path, passphrase: passphrase(text), acceptRollback })
  }

  unlockRefusal(text?: string): Promise<Failure> {
    return this.refusal("vault.unlock", { path: this.path, passphrase: passphrase(text) })
  }

  lock(): void {
    this.claviger.close()
  }

  /** An AES-256 key, unless something else is wanted. */
  generate(name: string, more: Partial<RequestOf<"key.generate">> = {}): Promise<OutputOf<"key.generate">> {
    return this.ask("key.generate", { name, algorithm: "aes-256", purpose: "encryption", ...more })
  }

  [Symbol.dispose](): void {
    this.lock()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** An empty folder that nobody else has. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "claviger-vault-"))
}
