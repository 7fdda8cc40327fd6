import { expect, test } from "vitest"
import { formatTokenUri, parseTokenUri } from "../../../main/domain/token-uri.ts"
import { run } from "../../interop/program.ts"
import type { SubjectOf } from "./conformance.ts"
import type { Traits } from "./module-under-test.ts"

export function testListing(subject: SubjectOf, traits: Traits): void {
  test("the library tells who made it, its version and its slots", async () => {
    expect(await subject().client.modules()).toMatchObject([
      { state: "usable", library: traits.library, slots: expect.any(Number) },
    ])
  })

  test(`the package is ${traits.package.name} ${traits.package.version}`, () => {
    const status = run("dpkg-query", ["--status", traits.package.name]).toString()
    // Neither the epoch nor what Debian has done to it.
    expect(/^Version: (?:\d+:)?([\d.]+)/m.exec(status)?.[1]).toBe(traits.package.version)
  })

  test("its token is listed with its label, its serial, its PIN and its mechanisms", async () => {
    const { token } = subject()
    expect(await subject().client.find(token)).toMatchObject({
      label: token.token,
      serial: expect.any(String),
      isHardware: traits.isHardware,
      isInitialised: true,
      userPin: "set",
      mustChangePin: false,
      pinLength: { least: expect.any(Number), most: traits.pin.longest },
      mechanisms: expect.arrayContaining([expect.stringMatching(/^CKM_/)]),
    })
  })

  test("the token's own URI finds it, and tells it from others", async () => {
    const { client, token } = subject()
    const { uri, serial } = await client.find(token)
    expect(parseTokenUri(uri)).toMatchObject({ token: token.token, serial })
    expect((await client.find(parseTokenUri(uri))).uri).toBe(uri)
    const other = parseTokenUri(formatTokenUri({ ...parseTokenUri(uri), serial: `${serial}0` }))
    await expect(client.find(other)).rejects.toMatchObject({ code: "TOKEN_ABSENT" })
  })
}
