import { afterAll, beforeAll, expect } from "vitest"
import { TestVault } from "../support/vaults.ts"
import { SoftHsm } from "./soft-hsm.ts"

interface VaultBesideToken {
  readonly softHsm: SoftHsm
  readonly vault: TestVault
}

/**
 * An open vault, and SoftHSM with the token `work`, for the tests of one file; to be asked for in its `describe`. In the end
 * nothing must have been reported as a bug.
 */
export function vaultBesideToken(): VaultBesideToken {
  let softHsm: SoftHsm
  let vault: TestVault
  beforeAll(async () => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    vault = await TestVault.create()
  })
  afterAll(() => {
    expect(vault.bugs).toEqual([])
    vault[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })
  return {
    get softHsm() {
      return softHsm
    },
    get vault() {
      return vault
    },
  }
}
