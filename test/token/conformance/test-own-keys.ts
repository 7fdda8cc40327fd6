import { beforeAll, describe, expect, test } from "vitest"
import { mechanismsOf } from "../../../main/crypto/algorithms/mechanisms.ts"
import type { SubjectOf } from "./conformance.ts"
import { type Traits, userPin } from "./module-under-test.ts"
import type { SubjectKey } from "./subject.ts"

/** Keys that somebody else has put there. */
export function testOwnKeys(subject: SubjectOf, { has = [] }: Traits): void {
  describe.for(has)("its own key $id, of $algorithm", ({ id, algorithm, asksEachTime }) => {
    let key: SubjectKey

    beforeAll(async () => {
      key = await subject().ownKey(id)
    })

    test("is listed as what it is, and as one that does not leave", async () => {
      const [found] = await subject().client.objects(key.uri, null)
      expect(found).toMatchObject({ kind: "private-key", algorithm, claims: { sensitive: true, extractable: false } })
    })

    test.for(mechanismsOf(algorithm, "sign"))("OpenSSL verifies what it signs with %s", async (mechanism) => {
      expect(await subject().signsWell(key, mechanism, asksEachTime ? userPin : null)).toBe(true)
    })

    const [mechanism] = mechanismsOf(algorithm, "sign")
    if (!asksEachTime || mechanism === undefined) return

    test("asks for the PIN each time", async () => {
      await expect(subject().sign(key.uri, mechanism)).rejects.toMatchObject({
        code: "PIN_INCORRECT",
        detail: "a PIN is needed",
      })
    })
  })
}
