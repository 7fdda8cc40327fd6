import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { StartHost } from "../../main/domain/module-host.ts"
import { parseTokenUri } from "../../main/domain/token-uri.ts"
import { forkHost } from "../../main/token/host-process.ts"
import type { TokenClient } from "../../main/token/token-client.ts"
import { isThere } from "../interop/program.ts"
import { clientOf } from "./client-of.ts"
import { librariesThere } from "./conformance/libraries.ts"
import { SoftHsm, softHsmModule } from "./soft-hsm.ts"

const [other] = librariesThere("pkcs11/p11-kit-trust.so")

describe.skipIf(!isThere("softhsm2-util") || other === undefined)("the libraries that are started for a token", () => {
  let softHsm: SoftHsm
  let uri: string

  beforeAll(async () => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    const client = softHsm.client()
    uri = (await client.find(parseTokenUri("pkcs11:token=work"))).uri
    client.close()
  })

  afterAll(() => softHsm[Symbol.dispose]())

  /** As a program of its own does it. */
  async function startedFor(act: (client: TokenClient) => Promise<unknown>): Promise<string[]> {
    const started: string[] = []
    const startHost: StartHost = (path, parameters) => {
      started.push(path)
      return forkHost(path, parameters)
    }
    const libraries = [softHsmModule, other ?? ""].map((library) => ({ library, parameters: null }))
    const client = clientOf(softHsm.file("."), libraries, { startHost })
    try {
      await act(client)
    } finally {
      client.close()
    }
    return started
  }

  test("are all of them where its name alone is said, which others may bear", async () => {
    expect(await startedFor((client) => client.find(parseTokenUri("pkcs11:token=work")))).toHaveLength(2)
  })

  test("are the one behind which it was last, where no other can be meant", async () => {
    expect(await startedFor((client) => client.find(parseTokenUri(uri)))).toEqual([softHsmModule])
  })

  test("are all of them where it is not there", async () => {
    const gone = { ...parseTokenUri(uri), serial: "1234" }
    const looked = startedFor(async (client) => {
      await expect(client.find(gone)).rejects.toMatchObject({ code: "TOKEN_ABSENT" })
    })
    expect(new Set(await looked)).toEqual(new Set([softHsmModule, other]))
  })
})
