import { beforeAll, describe, expect, test } from "vitest"
import { formatTokenUri } from "../../../main/domain/token-uri.ts"
import { utf8 } from "../../support/vaults.ts"
import type { SubjectOf } from "./conformance.ts"
import { signingAlgorithmOf, type Traits, userPin } from "./module-under-test.ts"
import { vaultBeside } from "./vault-beside.ts"

/** How it is told that a token is well, is gone, and is back: each test goes on where the one before ended. */
export function testHealth(subject: SubjectOf, traits: Traits): void {
  const algorithm = signingAlgorithmOf(traits)
  const own = traits.has?.find(({ asksEachTime }) => !asksEachTime)

  describe("its health", () => {
    const beside = vaultBeside(subject)
    const ask = (more: { readonly pin?: Uint8Array<ArrayBuffer> } = {}) =>
      beside.vault.ask("token.health", { uri: beside.token, ...more })

    beforeAll(async () => {
      const { vault, token } = beside
      const id = Buffer.from([own?.id ?? 0])
      if (algorithm !== undefined)
        await vault.ask("key.generate", { name: "tried", algorithm, token, pin: utf8(userPin) })
      else {
        const uri = formatTokenUri({ ...subject().token, id, modulePath: subject().open.library })
        await vault.ask("token.adopt", { uri, name: "tried", purpose: "signature", pin: utf8(userPin) })
      }
    })

    test("is well: it answers, and the key of the vault in it does its job", async () => {
      const { tokens } = await ask({ pin: utf8(userPin) })
      expect(tokens).toMatchObject([{ triedKeys: ["tried"] }])
      const failed = tokens.flatMap(({ checks }) => checks.filter(({ outcome }) => outcome === "failed"))
      expect(failed).toEqual([])
    })

    test("is not well while what is behind the library is gone, whatever the library says", async () => {
      await subject().open.takeAway()
      // Some see it in their next process only.
      await beside.vault.ask("vault.lock", {})
      await beside.vault.unlock()
      const { tokens } = await ask()
      expect(tokens).toMatchObject([{ outcome: "failed", triedKeys: [] }])
    })

    test("is well again when it is back", async () => {
      await subject().open.bringBack()
      const { tokens } = await ask({ pin: utf8(userPin) })
      expect(tokens[0]?.checks).toContainEqual(expect.objectContaining({ check: "self-test", outcome: "ok" }))
      if (algorithm !== undefined)
        await beside.vault.ask("key.destroy", { name: "tried", reason: "test", confirmed: true, pin: utf8(userPin) })
    })
  })
}
