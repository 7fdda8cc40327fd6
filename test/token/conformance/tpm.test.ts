import { describe, expect, test } from "vitest"
import { parseTokenUri } from "../../../main/domain/token-uri.ts"
import { utf8 } from "../../support/vaults.ts"
import { testConformance } from "./conformance.ts"
import { userPin } from "./module-under-test.ts"
import { tpm } from "./tpm.ts"
import { vaultBeside } from "./vault-beside.ts"

testConformance(tpm, (subject) => {
  describe("an RSA key in it, which has no PSS", () => {
    const beside = vaultBeside(subject)

    test("is made all the same, and signs and verifies by PKCS#1 v1.5 where nothing else is said", async () => {
      const asked = { name: "release", algorithm: "rsa-2048", token: beside.token, pin: utf8(userPin) } as const
      const { location } = await beside.vault.ask("key.generate", asked)
      expect(parseTokenUri(location)).toMatchObject({ signing: "pkcs1" })
      const message = () => utf8("a message")
      const { signature, mechanism } = await beside.vault.ask("key.sign", { name: "release", message: message() })
      expect(mechanism).toBe("rsa-pkcs1-sha256")
      const verified = await beside.vault.ask("key.verify", { name: "release", message: message(), signature })
      expect(verified).toMatchObject({ valid: true, mechanism: "rsa-pkcs1-sha256" })
    })

    test("is refused PSS when it is asked for by name", async () => {
      const asked = { name: "release", message: utf8("a message"), mechanism: "rsa-pss-sha256" } as const
      expect(await beside.vault.refusal("key.sign", asked)).toMatchObject({ code: "INVALID_INPUT" })
      await beside.vault.ask("key.destroy", { name: "release", reason: "test", confirmed: true })
    })
  })
})
