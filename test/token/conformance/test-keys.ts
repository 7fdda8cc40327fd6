import { describe, expect, test } from "vitest"
import { mechanismsOf } from "../../../main/crypto/algorithms/mechanisms.ts"
import { formatTokenUri } from "../../../main/domain/token-uri.ts"
import type { SubjectOf } from "./conformance.ts"
import { type Traits, triedAlgorithms } from "./module-under-test.ts"
import type { SubjectKey } from "./subject.ts"

export function testKeys(subject: SubjectOf, traits: Traits): void {
  describe.for(triedAlgorithms.filter((algorithm) => traits.makes.includes(algorithm)))("%s", (algorithm) => {
    let key: SubjectKey

    test("is made, and is said to be in the token and never to leave it", async () => {
      key = await subject().generate(algorithm, algorithm)
      const made = (await subject().client.objects(key.uri, null)).filter(({ kind }) => kind !== "public-key")
      expect(made).toMatchObject([
        {
          uri: formatTokenUri(key.uri),
          algorithm,
          label: algorithm,
          claims: { sensitive: true, extractable: false, local: traits.tellsLocal },
        },
      ])
    })

    const signing = mechanismsOf(algorithm, "sign")

    test.for(signing.filter((mechanism) => !traits.signsNot.includes(mechanism)))(
      "OpenSSL verifies what it signs with %s",
      async (mechanism) => {
        expect(await subject().signsWell(key, mechanism)).toBe(true)
      },
    )

    test.for(signing.filter((mechanism) => traits.signsNot.includes(mechanism)))(
      "does not sign with %s, and says so",
      async (mechanism) => {
        await expect(subject().sign(key.uri, mechanism)).rejects.toMatchObject({ code: "INVALID_INPUT" })
      },
    )

    test("is destroyed: nothing of it is left", async () => {
      await subject().client.destroy(key.uri, null)
      const left = (await subject().client.objects(subject().token, null)).filter(({ label }) => label === algorithm)
      expect(left).toEqual([])
    })
  })

  const notMade = triedAlgorithms.filter((algorithm) => !traits.makes.includes(algorithm))

  test.for(notMade.filter((algorithm) => traits.untried?.includes(algorithm) !== true))(
    "%s is not made, the token says why, and nothing is left in it",
    async (algorithm) => {
      const before = (await subject().client.objects(subject().token, null)).length
      const found = traits.refuses[algorithm]
      const refusal = expect.objectContaining({
        code: found === undefined ? "INVALID_INPUT" : expect.stringMatching(/^(INVALID_INPUT|TOKEN_ERROR)$/),
        detail: expect.stringMatching(found ?? /^(algorithm: this|purpose: in this) token/),
      })
      await expect(subject().generate(algorithm, "unmade")).rejects.toEqual(refusal)
      expect(await subject().client.objects(subject().token, null)).toHaveLength(before)
    },
  )
}
