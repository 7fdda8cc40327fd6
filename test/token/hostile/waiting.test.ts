import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { parseTokenUri, type TokenUri } from "../../../main/domain/token-uri.ts"
import type { TokenClient } from "../../../main/token/token-client.ts"
import { isThere } from "../../interop/program.ts"
import { pin, SoftHsm } from "../soft-hsm.ts"
import { HostileModule } from "./hostile-module.ts"

const token = parseTokenUri("pkcs11:token=work")
const newKey = { algorithm: "ec-p256", purpose: "signature", label: "slow" } as const

describe.skipIf(!isThere("softhsm2-util") || !isThere("gcc"))("while a library works for long", () => {
  let softHsm: SoftHsm
  let hostile: HostileModule
  let client: TokenClient
  let key: TokenUri

  beforeEach(async () => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    hostile = new HostileModule(softHsm)
    client = softHsm.client({ others: 1500, generate: 30_000 }, hostile.path)
    using user = pin()
    key = parseTokenUri((await client.generate(token, user, { ...newKey, label: "here" })).uri)
  })

  afterEach(() => {
    client.close()
    hostile[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  const sign = () => client.sign(key, null, "ecdsa-sha256", new Uint8Array(8))

  test("a call that waits behind has its own time, once it is its turn", async () => {
    hostile.fault("C_GenerateKeyPair slow")
    const [made, signature] = await Promise.all([client.generate(token, null, newKey), sign()])
    expect(made.publicKey).not.toBeNull()
    expect(signature.length).toBeGreaterThan(60)
  })

  test("it can be given up on, and the next call works", async () => {
    hostile.fault("C_GenerateKeyPair hang")
    const givenUp = new AbortController()
    const making = client.generate(token, null, newKey, { signal: givenUp.signal })
    givenUp.abort()
    await expect(making).rejects.toMatchObject({ code: "TOKEN_ERROR", detail: "it was given up on" })
    hostile.behave()
    using user = pin()
    await expect(client.generate(token, user, newKey)).resolves.toMatchObject({ uri: expect.stringContaining("slow") })
  })
})
