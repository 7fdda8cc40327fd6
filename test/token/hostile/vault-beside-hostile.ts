import { formatTokenUri } from "../../../main/domain/token-uri.ts"
import { isThere } from "../../interop/program.ts"
import { TestVault } from "../../support/vaults.ts"
import { SoftHsm } from "../soft-hsm.ts"
import { HostileModule } from "./hostile-module.ts"

/** Long enough for a process to start on a busy machine; short enough to wait for. */
const patience = { others: 3000, generate: 3000 }

export const isHostileMissing = !isThere("softhsm2-util") || !isThere("gcc")

/** An open vault and a library that misbehaves on demand. It shows the same token as SoftHSM itself: which is meant is said in the URI. */
export class VaultBesideHostile implements Disposable {
  readonly softHsm: SoftHsm
  readonly hostile: HostileModule
  readonly vault: TestVault
  readonly token: string

  private constructor(softHsm: SoftHsm, hostile: HostileModule, vault: TestVault) {
    this.softHsm = softHsm
    this.hostile = hostile
    this.vault = vault
    this.token = formatTokenUri({ token: "work", modulePath: hostile.path })
  }

  static async start(): Promise<VaultBesideHostile> {
    const softHsm = new SoftHsm()
    softHsm.token("work")
    const hostile = new HostileModule(softHsm)
    const vault = await TestVault.create({ tokenPatience: patience })
    await vault.ask("token.modules.add", { path: hostile.path })
    return new VaultBesideHostile(softHsm, hostile, vault)
  }

  [Symbol.dispose](): void {
    this.vault[Symbol.dispose]()
    this.hostile[Symbol.dispose]()
    this.softHsm[Symbol.dispose]()
  }
}
