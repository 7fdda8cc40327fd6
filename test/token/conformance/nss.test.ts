import { describe, expect, test } from "vitest"
import { pin, soPin } from "../soft-hsm.ts"
import { testConformance } from "./conformance.ts"
import { nss } from "./nss.ts"
import { Subject } from "./subject.ts"

testConformance(nss, (subject) => {
  test("it has no SO who could give the user a PIN", async () => {
    using so = pin(soPin)
    using user = pin("975310")
    await expect(subject().client.setUserPin(subject().token, so, user)).rejects.toMatchObject({
      code: "TOKEN_ERROR",
      detail: "C_Login: CKR_USER_TYPE_INVALID (it has no such user)",
    })
  })
})

describe.skipIf(nss.reasonAgainst() !== null)("NSS softoken that is set up anew", () => {
  test("forgets its PIN and its private keys whatever the SO PIN is, and keeps its name", async () => {
    using subject = await Subject.of(nss)
    using so = pin("any PIN will do")
    await subject.generate("ec-p256", "erased")
    const { label, userPin } = await subject.client.initialise(subject.token, "renamed", so)
    expect({ label, userPin }).toEqual({ label: "NSS Certificate DB", userPin: "unset" })
    const left = await subject.client.objects(subject.token, null)
    expect(left.map(({ kind }) => kind)).toEqual(["public-key"])
  })
})
