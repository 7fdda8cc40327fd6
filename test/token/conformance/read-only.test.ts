import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { parseTokenUri } from "../../../main/domain/token-uri.ts"
import type { TokenClient } from "../../../main/token/token-client.ts"
import { temporaryFolder } from "../../support/temporary-folder.ts"
import { clientOf } from "../client-of.ts"
import { librariesThere } from "./libraries.ts"

const [library] = librariesThere("pkcs11/p11-kit-trust.so")
const token = parseTokenUri("pkcs11:model=p11-kit-trust;token=System%20Trust")

/** The authorities that the system trusts, as p11-kit shows them: a token that can only be read. */
describe.skipIf(library === undefined)("a token that is write-protected (p11-kit-trust)", () => {
  const folder = temporaryFolder()
  let client: TokenClient

  beforeAll(() => {
    client = clientOf(folder.path, library === undefined ? [] : [{ library, parameters: null }])
  })

  afterAll(() => {
    client.close()
    folder[Symbol.dispose]()
  })

  test("is listed as one", async () => {
    expect(await client.find(token)).toMatchObject({ isWriteProtected: true, mechanisms: [] })
  })

  test("shows what is in it", async () => {
    expect(await client.objects(token, null)).toEqual(expect.any(Array))
  })

  test("makes no key, and no PIN is asked for", async () => {
    const key = { algorithm: "ec-p256", purpose: "signature", label: "none" } as const
    await expect(client.generate(token, null, key)).rejects.toMatchObject({
      code: "TOKEN_ERROR",
      detail: "it is write-protected",
    })
  })
})
