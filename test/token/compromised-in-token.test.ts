import { describe, expect, test } from "vitest"
import { isThere } from "../interop/program.ts"
import { utf8 } from "../support/vaults.ts"
import { userPin } from "./soft-hsm.ts"
import { vaultBesideToken } from "./vault-beside-token.ts"

const token = "pkcs11:token=work"

describe.skipIf(!isThere("softhsm2-util"))("a compromised key in a token", () => {
  const beside = vaultBesideToken()

  test("it signs nothing more, its token is in the blast radius, and a new version in the token takes its place", async () => {
    const { vault } = beside
    const name = "signer"
    const pin = () => utf8(userPin)
    await vault.ask("key.generate", { name, algorithm: "ec-p256", token, pin: pin() })
    await vault.ask("key.sign", { name, message: utf8("a"), pin: pin() })
    const { blastRadius } = await vault.ask("key.compromise", { name, reason: "the token was left in a train" })
    expect(blastRadius).toContainEqual(
      expect.objectContaining({ kind: "token", effect: "holds", name: expect.stringContaining("token=work") }),
    )
    const refused = await vault.refusal("key.sign", { name, message: utf8("a"), pin: pin() })
    expect(refused).toMatchObject({ code: "STATE_DENIED" })
    const replaced = await vault.ask("key.rotate", { name, pin: pin() })
    expect(replaced).toMatchObject({ state: "active", currentVersion: 2, location: expect.stringContaining("pkcs11:") })
    expect(replaced.versions.map(({ state }) => state)).toEqual(["compromised", "active"])
    const { keyVersion } = await vault.ask("key.sign", { name, message: utf8("a"), pin: pin() })
    expect(keyVersion).toBe(2)
  })
})
