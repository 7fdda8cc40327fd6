import { describe, expect, test } from "vitest"
import { parseTokenUri } from "../../../main/domain/token-uri.ts"
import { utf8 } from "../../support/vaults.ts"
import type { SubjectOf } from "./conformance.ts"
import { signingAlgorithmOf, type Traits, userPin } from "./module-under-test.ts"
import { vaultBeside } from "./vault-beside.ts"

/** The same as with a key of the vault itself; each test goes on where the one before ended. */
export function testKeyLife(subject: SubjectOf, traits: Traits): void {
  const algorithm = signingAlgorithmOf(traits)
  if (algorithm === undefined) return

  describe("a key of the inventory in it", () => {
    const beside = vaultBeside(subject)
    let signature: Uint8Array<ArrayBuffer>
    const message = utf8("a message")

    const sign = async () => (await beside.vault.ask("key.sign", { name: "life", message })).signature
    const isValid = async (version?: number) =>
      (
        await beside.vault.ask("key.verify", {
          name: "life",
          message,
          signature,
          ...(version === undefined ? {} : { version }),
        })
      ).valid

    test("is made there, and signs", async () => {
      const asked = { name: "life", algorithm, token: beside.token, pin: utf8(userPin) } as const
      const { location } = await beside.vault.ask("key.generate", asked)
      expect(parseTokenUri(location)).toMatchObject({ token: subject().token.token, type: "private" })
      signature = await sign()
      expect(await isValid()).toBe(true)
    })

    test("is rotated: the new object signs, and the old version only verifies", async () => {
      const before = await beside.vault.ask("key.show", { name: "life" })
      const after = await beside.vault.ask("key.rotate", { name: "life" })
      expect(after.location).not.toBe(before.location)
      expect(await isValid(1)).toBe(true)
      expect(await isValid(2)).toBe(false)
      signature = await sign()
      expect(await isValid(2)).toBe(true)
    })

    test("is destroyed with all its versions, and the certificate says that they are not found any more", async () => {
      const { certificate } = await beside.vault.ask("key.destroy", { name: "life", reason: "test", confirmed: true })
      expect(certificate.method).toBe("The objects were deleted in the token and are no longer found there.")
      const { objects } = await beside.vault.ask("token.objects", { uri: beside.token })
      expect(objects.filter(({ label }) => label === "life")).toEqual([])
    })
  })
}
