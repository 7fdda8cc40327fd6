import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { parseTokenUri } from "../../main/domain/token-uri.ts"
import type { TokenClient } from "../../main/token/token-client.ts"
import { isThere } from "../interop/program.ts"
import { pin, SoftHsm, userPin } from "./soft-hsm.ts"

const token = parseTokenUri("pkcs11:token=work")

describe.skipIf(!isThere("softhsm2-util") || !isThere("pkcs11-tool"))(
  "a key in a token has the uses of its purpose only",
  () => {
    let softHsm: SoftHsm
    let client: TokenClient

    beforeAll(() => {
      softHsm = new SoftHsm()
      softHsm.token("work")
      client = softHsm.client()
    })

    afterAll(() => {
      client.close()
      softHsm[Symbol.dispose]()
    })

    test.for([
      ["aes-256", "encryption", "encrypt, decrypt"],
      ["aes-128", "key-wrapping", "wrap, unwrap"],
      // OpenSC does not tell of secret keys whether they sign.
      ["hmac-sha256", "mac", "verify"],
      ["rsa-2048", "encryption", "decrypt"],
      ["rsa-2048", "key-wrapping", "unwrap"],
      ["rsa-2048", "signature", "sign"],
      ["ec-p256", "key-agreement", "derive"],
      ["ec-p384", "authentication", "sign"],
      ["ed25519", "ssh", "sign"],
    ] as const)("%s for %s: %s, as another program reads it back", async ([algorithm, purpose, uses]) => {
      const label = `${algorithm}-${purpose}`
      using user = pin()
      await client.generate(token, user, { algorithm, purpose, label })
      const list = softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, "--list-objects")
      const key = list
        .split(/\n(?=\S)/)
        .find((part) => /^(Private|Secret) Key/.test(part) && part.includes(` ${label}\n`))
      expect(key).toMatch(new RegExp(`Usage: +${uses}\n`))
      expect(key).toContain("Access:     sensitive, always sensitive, never extractable, local")
    })

    test.for(["secret", "wallet"] as const)("a key for %s is not made there", async (purpose) => {
      using user = pin()
      const asked = { algorithm: "aes-256", purpose, label: "none" } as const
      await expect(client.generate(token, user, asked)).rejects.toMatchObject({ code: "INVALID_INPUT" })
    })
  },
)
