import { afterAll, beforeAll, expect } from "vitest"
import { formatTokenUri } from "../../../main/domain/token-uri.ts"
import { TestVault } from "../../support/vaults.ts"
import type { SubjectOf } from "./conformance.ts"

interface VaultBeside {
  readonly vault: TestVault
  /** Behind the module that is tested. */
  readonly token: string
}

/** An open vault that knows the module of a subject, for the tests of one `describe`: one process at a time is logged in. */
export function vaultBeside(subject: SubjectOf): VaultBeside {
  let vault: TestVault
  let token: string

  beforeAll(async () => {
    const { library, parameters, startHost } = subject().open
    subject().client.close()
    vault = await TestVault.create({ startTokenHost: startHost })
    await vault.ask("token.modules.add", { path: library, ...(parameters === null ? {} : { parameters }) })
    token = formatTokenUri({ ...subject().token, modulePath: library })
  })

  afterAll(async () => {
    expect(vault.bugs).toEqual([])
    vault[Symbol.dispose]()
    await subject().login()
  })

  return {
    get vault() {
      return vault
    },
    get token() {
      return token
    },
  }
}
