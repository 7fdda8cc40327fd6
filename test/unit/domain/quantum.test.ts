import { expect, test } from "vitest"
import { fitsPurpose } from "../../../main/domain/purpose.ts"
import { quantumStanding } from "../../../main/domain/quantum.ts"
import { Algorithm, Purpose } from "../../../preload/contract/values.ts"

const pairs = Algorithm.options.flatMap((algorithm) =>
  Purpose.options.filter((purpose) => fitsPurpose(algorithm, purpose)).map((purpose) => [algorithm, purpose] as const),
)

test.for(pairs)("what %s for %s is to move to is not broken itself", ([algorithm, purpose]) => {
  const { moveTo, exposure } = quantumStanding(algorithm, purpose)
  if (exposure === "none") expect(moveTo).toEqual([])
  for (const other of moveTo) expect(quantumStanding(other, purpose).exposure).toBe("none")
})

test.for(["rsa-4096", "ec-p256", "ed25519", "x25519", "ec-secp256k1"] as const)("%s is broken", (algorithm) => {
  expect(quantumStanding(algorithm, "signature").exposure).not.toBe("none")
})

test.for(["aes-128", "hmac-sha256", "ml-dsa-44", "secret"] as const)("%s is not broken", (algorithm) => {
  expect(quantumStanding(algorithm, "mac").exposure).toBe("none")
})
