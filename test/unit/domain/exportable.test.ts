import { expect, test } from "vitest"
import { requireExportable, requireTightening } from "../../../main/domain/exportable.ts"
import { Exportable } from "../../../preload/contract/values.ts"
import { vaultErrorOf } from "../../support/vault-error-of.ts"

const pairs = Exportable.options.flatMap((from) => Exportable.options.map((to) => [from, to] as const))
const loosening = ["never wrapped", "never yes", "wrapped yes"]

test.for(pairs)("from %s to %s: only tighter, or the same", ([from, to]) => {
  if (loosening.includes(`${from} ${to}`)) {
    const { code, detail } = vaultErrorOf(() => requireTightening(from, to))
    expect([code, detail]).toEqual(["POLICY_DENIED", `exportable-only-tightens: from ${from} to ${to}`])
  } else expect(requireTightening(from, to)).toBeUndefined()
})

test("material leaves in the clear only with yes, and encrypted also with wrapped", () => {
  const leaves = (setting: Exportable, inTheClear: boolean) => {
    try {
      requireExportable("a key", setting, inTheClear)
      return true
    } catch {
      return false
    }
  }
  expect(Exportable.options.filter((setting) => leaves(setting, true))).toEqual(["yes"])
  expect(Exportable.options.filter((setting) => leaves(setting, false))).toEqual(["wrapped", "yes"])
})
