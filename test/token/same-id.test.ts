import { describe, expect, test } from "vitest"
import { isThere } from "../interop/program.ts"
import { utf8 } from "../support/vaults.ts"
import { userPin } from "./soft-hsm.ts"
import { vaultBesideToken } from "./vault-beside-token.ts"

/** Ids that are not ours are short, and other programs give them anew: those of a PIV card are the same in all cards. */
describe.skipIf(!isThere("softhsm2-util") || !isThere("pkcs11-tool"))(
  "the key of another program, with the id of one of ours",
  () => {
    const beside = vaultBesideToken()

    const there = (...args: readonly string[]) =>
      beside.softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, ...args)

    const makeThere = (label: string, id: string) =>
      there("--keypairgen", "--key-type", "EC:prime256v1", "--label", label, "--id", id)

    async function adopt(name: string, id: string): Promise<void> {
      makeThere(name, id)
      const asked = { uri: `pkcs11:token=work;object=${name}`, name, purpose: "signature", pin: utf8(userPin) } as const
      await beside.vault.ask("token.adopt", asked)
    }

    const destroy = (name: string) => ({ name, reason: "test", confirmed: true, pin: utf8(userPin) })

    test("is not deleted beside ours: the destruction is refused, and says why", async () => {
      await adopt("first", "01")
      makeThere("beside", "01")
      expect(await beside.vault.refusal("key.destroy", destroy("first"))).toMatchObject({
        code: "INVALID_INPUT",
        detail: expect.stringContaining("several keys in the token have the id of this one"),
      })
      expect(there("--list-objects")).toMatch(/Private Key Object[\s\S]*label: +beside\n/)
      expect(await beside.vault.ask("key.show", { name: "first" })).toMatchObject({ state: "active" })
    })

    test("is not deleted in the place of ours, and the certificate says that it is there", async () => {
      await adopt("second", "02")
      for (const type of ["privkey", "pubkey"]) there("--delete-object", "--type", type, "--id", "02")
      makeThere("instead", "02")
      const { certificate } = await beside.vault.ask("key.destroy", destroy("second"))
      expect(certificate.method).toBe("The token had another key in its place, which was left there.")
      expect(there("--list-objects").match(/label: +instead\n/g)).toHaveLength(2)
    })
  },
)
