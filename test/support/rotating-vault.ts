import type { OutputOf, RequestOf } from "../../preload/contract/index.ts"
import { TestVault, utf8 } from "./vaults.ts"

/** A vault with a key `app` that rotates by steps. */
export class RotatingVault {
  readonly vault: TestVault

  constructor(vault: TestVault) {
    this.vault = vault
  }

  static async create(at: number): Promise<RotatingVault> {
    return new RotatingVault(await TestVault.create({ at }))
  }

  /** @returns which step was done */
  async advance(name = "app", confirmed = false): Promise<OutputOf<"rotation.advance">["done"]> {
    return (await this.vault.ask("rotation.advance", { name, confirmed })).done
  }

  /** Makes it, and has its second version take over. */
  async switched(more: Partial<RequestOf<"key.generate">> = { rotateEvery: "90d" }): Promise<void> {
    await this.vault.generate("app", more)
    await this.vault.ask("rotation.start", { name: "app", grace: "30d" })
    await this.advance()
    await this.advance()
  }

  async states(name = "app"): Promise<string[]> {
    const { versions } = await this.vault.ask("key.show", { name })
    return versions.map(({ version, state }) => `${version} ${state}`)
  }

  async encrypted(text: string): Promise<Buffer> {
    return Buffer.from((await this.vault.ask("key.encrypt", { name: "app", plaintext: utf8(text) })).ciphertext)
  }

  async decrypted(ciphertext: Buffer): Promise<string> {
    const asked = { name: "app", ciphertext: new Uint8Array(ciphertext) }
    return Buffer.from((await this.vault.ask("key.decrypt", asked)).plaintext).toString()
  }
}
