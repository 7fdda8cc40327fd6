import { describe, expect, test } from "vitest"
import { pin as pinOf, soPin } from "../soft-hsm.ts"
import type { SubjectOf } from "./conformance.ts"
import { type Traits, userPin } from "./module-under-test.ts"

const wrongPin = "135792"

export function testPins(subject: SubjectOf, { pin, refusesSetUp }: Traits): void {
  if (refusesSetUp !== null) {
    test("it is not set up, and nothing is erased", async () => {
      using so = pinOf(soPin)
      const before = await subject().login()
      const { code, how } = refusesSetUp
      await expect(subject().client.initialise(subject().token, "erased", so)).rejects.toMatchObject({
        code,
        detail: expect.stringMatching(how),
      })
      expect(await subject().login()).toEqual(before)
    })
  }

  describe("a wrong PIN", () => {
    const wrong = () => subject().login(wrongPin)

    test("is refused, logs out, and is what the flags tell of", async () => {
      await expect(wrong()).rejects.toMatchObject({ code: "PIN_INCORRECT" })
      expect((await subject().client.find(subject().token)).userPin).toBe(pin.afterOne)
      const nothing = { ...subject().token, id: Buffer.from("none") }
      await expect(subject().client.destroy(nothing, null)).rejects.toMatchObject({
        code: "PIN_INCORRECT",
        detail: "a PIN is needed",
      })
      await subject().login()
    })

    const { locksAfter } = pin
    if (locksAfter === null) {
      test("never locks this token", async () => {
        for (let tried = 0; tried < 12; tried++) await expect(wrong()).rejects.toMatchObject({ code: "PIN_INCORRECT" })
        await expect(subject().login()).resolves.toEqual(expect.any(Array))
      })
      return
    }

    test(`costs one try of ${locksAfter}`, async () => {
      // To some the right PIN is no reason to forget the wrong ones.
      await subject().open.unlock(subject().client)
      const tries = Array.from({ length: locksAfter - 1 }, wrong)
      for (const each of await Promise.allSettled(tries))
        expect(each).toMatchObject({ reason: { code: "PIN_INCORRECT" } })
      await expect(subject().login()).resolves.toEqual(expect.any(Array))
    })

    test("locks the PIN at last, until somebody unlocks it", async () => {
      await subject().open.unlock(subject().client)
      for (let tried = 0; tried < locksAfter; tried++) await wrong().catch(() => undefined)
      await expect(subject().login()).rejects.toMatchObject({ code: "PIN_LOCKED" })
      await subject().open.unlock(subject().client)
      await expect(subject().login()).resolves.toEqual(expect.any(Array))
    })
  })

  test("the user changes the PIN, and changes it back", async () => {
    using old = pinOf(userPin)
    using next = pinOf("975310")
    const { client, token } = subject()
    await client.changePin(token, "user", old, next)
    await expect(subject().login()).rejects.toMatchObject({ code: "PIN_INCORRECT" })
    await subject().login("975310")
    await client.changePin(token, "user", next, old)
    await subject().login()
  })

  // Others take longer ones than we do.
  if (pin.longest < 255) {
    test(`a PIN of more than ${pin.longest} bytes is not sent`, async () => {
      const tooLong = subject().login(userPin.padEnd(pin.longest + 1, "0"))
      await expect(tooLong).rejects.toMatchObject({ code: "INVALID_INPUT" })
    })
  }
}
