import { insertKeyRows, insertRows } from "./bare-inserts.ts"
import { sideBySide } from "./cost.ts"
import { type Figure, figureOf } from "./figure.ts"
import type { Lab } from "./lab.ts"
import { count } from "./table.ts"

/**
 * P4: keys made by one batch, logged and durable by the thousand, beside SQLite's bare insert of as many rows. A key is
 * not one row but seven: what those take alone is shown too.
 */
export async function generateFigures(lab: Lab): Promise<Figure[]> {
  const { bulk, rounds } = lab.sizes
  const generate = () => lab.withNewVault((vault) => vault.generate(bulk))
  const rows = await sideBySide(rounds, generate, () => insertRows(lab.path("bare.db"), bulk))
  const ours = rows.ours
  const beside = await insertKeyRows(lab.path("bare.db"), bulk)
  const work = `batch: generate ${count(bulk)} keys`
  return [
    figureOf({ work, than: "bare insert, a row of 1 KiB each", goal: 3 }, rows),
    figureOf({ work, than: "bare insert, our seven rows each", goal: null }, { ours, beside }),
  ]
}
