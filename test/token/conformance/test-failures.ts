import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { parseTokenUri } from "../../../main/domain/token-uri.ts"
import type { SubjectOf } from "./conformance.ts"
import { signingAlgorithmOf, type Traits, userPin } from "./module-under-test.ts"
import type { SubjectKey } from "./subject.ts"

export function testFailures(subject: SubjectOf, traits: Traits): void {
  const made = signingAlgorithmOf(traits)
  const own = traits.has?.find(({ asksEachTime }) => !asksEachTime)
  const algorithm = made ?? own?.algorithm ?? "rsa-2048"
  const mechanism = algorithm.startsWith("rsa") ? "rsa-pkcs1-sha256" : "ecdsa-sha256"

  describe("a key in it", () => {
    let key: SubjectKey

    beforeAll(async () => {
      await subject().login()
      key = made === undefined ? await subject().ownKey(own?.id ?? 0) : await subject().generate(made, "stays")
      await sign(null)
    })

    afterAll(async () => {
      if (made !== undefined) await subject().client.destroy(key.uri, null)
    })

    const sign = (pin: string | null) => subject().sign(key.uri, mechanism, pin)

    test("signs no more when the process of the library is killed, and nothing signs in its place", async () => {
      subject().killAtNextCall()
      await expect(sign(null)).rejects.toMatchObject({ code: "TOKEN_ERROR", detail: "its module ended: SIGKILL" })
    })

    test("signs with the next call then, which gives the PIN", async () => {
      await expect(sign(null)).rejects.toMatchObject({ code: "PIN_INCORRECT", detail: "a PIN is needed" })
      await sign(userPin)
      expect(await subject().signsWell(key, mechanism)).toBe(true)
    })

    if (traits.hangs) {
      test("is not there while what is behind the library hangs, which ends the wait; then it is again", async () => {
        using impatient = subject().withPatience({ others: 4000 })
        await impatient.sign(key.uri, mechanism, userPin)
        subject().open.freeze?.()
        const hanging = impatient.sign(key.uri, mechanism)
        await expect(hanging).rejects.toMatchObject({ code: "TOKEN_ERROR", detail: "its module hangs" })
        subject().open.thaw()
        await impatient.sign(key.uri, mechanism, userPin)
      })

      test("signs no more when it goes in the midst of it, and does when it is back", async () => {
        using impatient = subject().withPatience({ others: 4000 })
        await impatient.sign(key.uri, mechanism, userPin)
        subject().open.freeze?.()
        const signing = impatient.sign(key.uri, mechanism)
        await Promise.all([
          expect(signing).rejects.toMatchObject({ code: expect.stringMatching(/^TOKEN_(ABSENT|ERROR)$/) }),
          subject().open.takeAway(),
        ])
        await subject().open.bringBack()
        await impatient.sign(key.uri, mechanism, userPin)
        expect(await impatient.signsWell(key, mechanism)).toBe(true)
        // It was connected to what has gone, and has not called since.
        subject().client.close()
        await sign(userPin)
      })
    }

    test("signs no more when what is behind the library goes away, and no key is made", async () => {
      await subject().open.takeAway()
      const { code, how, isSeenAtOnce } = traits.away
      if (!isSeenAtOnce) subject().client.close()
      await expect(sign(null)).rejects.toMatchObject({ code, detail: expect.stringMatching(how) })
      await expect(subject().generate(algorithm, "none")).rejects.toMatchObject({
        code: expect.stringMatching(/^(TOKEN_ABSENT|TOKEN_ERROR|PIN_INCORRECT)$/),
      })
    })

    test("signs again when it is back, with the PIN", async () => {
      await subject().open.bringBack()
      await sign(userPin)
      expect(await subject().signsWell(key, mechanism)).toBe(true)
    })

    const goes = traits.away.isMissed ? "is missed" : "shows still"
    test(`is in a token that ${goes} when it goes, and is there again when it is back`, async () => {
      const { client, open } = subject()
      const token = { ...parseTokenUri((await client.find(parseTokenUri(open.uri))).uri), modulePath: open.library }
      expect(await client.isShown(token)).toBe(true)
      await open.takeAway()
      // The first answer may be that what the library talks to is gone.
      await client.isShown(token)
      expect(await client.isShown(token)).toBe(!traits.away.isMissed)
      await open.bringBack()
      client.close()
      expect(await client.isShown(token)).toBe(true)
      await sign(userPin)
    })
  })
}
