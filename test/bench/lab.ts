import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { BenchVault, description } from "./bench-vault.ts"
import { KeePassXc } from "./keepassxc.ts"
import type { Sizes } from "./sizes.ts"

/** The place of one run, with what its measurements share. */
export class Lab implements Disposable {
  readonly sizes: Sizes
  readonly #folder = temporaryFolder()
  readonly #vaults = new Map<number, BenchVault>()
  #keepassxc: KeePassXc | null = null
  #made = 0

  constructor(sizes: Sizes) {
    this.sizes = sizes
  }

  /** A path that nobody has yet. */
  path(name: string): string {
    this.#made += 1
    return join(this.#folder.path, `${this.#made}-${name}`)
  }

  folder(name: string): string {
    const path = this.path(name)
    mkdirSync(path)
    return path
  }

  /** The peer's database, with as many entries as its goals are set for. */
  get keepassxc(): KeePassXc {
    this.#keepassxc ??= new KeePassXc(this.folder("keepassxc"), this.sizes.peer)
    return this.#keepassxc
  }

  /** The vault with so many keys: made once, and grown a little by who adds to it. */
  vaultOf(keys: number): BenchVault {
    const vault = this.#vaults.get(keys) ?? this.newVault(keys)
    this.#vaults.set(keys, vault)
    return vault
  }

  newVault(keys = 0): BenchVault {
    const vault = BenchVault.create(this.path("vault"))
    if (keys > 0) vault.generate(keys, description)
    return vault
  }

  /** Does something with a vault of its own, and removes it. */
  withNewVault<Result>(work: (vault: BenchVault) => Result): Result {
    const vault = this.newVault()
    try {
      return work(vault)
    } finally {
      rmSync(vault.folder, { recursive: true })
    }
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]()
  }
}
