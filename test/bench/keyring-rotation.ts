import { rewrapRows } from "./bare-rewrap.ts"
import type { OpenedBenchVault } from "./bench-vault.ts"
import { type Cost, costOf, sideBySide } from "./cost.ts"
import { type Figure, figureOf } from "./figure.ts"
import type { Lab } from "./lab.ts"
import { count } from "./table.ts"

/** A new KEK for the keyring that holds every key of the vault. */
export function rotateKeyring(opened: OpenedBenchVault): Promise<Cost> {
  return costOf(() => opened.ask("keyring.rotate", { name: "personal" }))
}

/** P5: every DEK of a keyring rewrapped, beside the same work in a bare table. */
export async function rotationFigures(lab: Lab): Promise<Figure[]> {
  const { bulk, rounds } = lab.sizes
  using opened = await lab.vaultOf(bulk).open()
  const costs = await sideBySide(
    rounds,
    () => rotateKeyring(opened),
    () => rewrapRows(lab.path("bare.db"), bulk),
  )
  return [figureOf({ work: `rotate a keyring of ${count(bulk)} versions`, than: "bare rewrap", goal: 1.5 }, costs)]
}
