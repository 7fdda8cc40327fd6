import { z } from "zod"
import { Algorithm, Duration, Exportable, KeyState, Purpose } from "../../preload/contract/values.ts"
import { Turns } from "../crypto/turns.ts"
import { inVault } from "../domain/key-location.ts"
import type { KeyringPlace } from "../domain/policy-register.ts"
import type { GovernedPage } from "../domain/report-source.ts"
import type { VaultDb } from "./vault-database.ts"

/** So many keys are looked at in one piece: a few milliseconds. */
const spanRows = 2000

const ruled = {
  algorithm: Algorithm,
  purpose: Purpose,
  exportable: Exportable,
  location: z.string(),
  owner: z.string().nullable(),
  environment: z.string().nullable(),
  rotateEvery: Duration.nullable(),
  state: KeyState,
}
const Kinds = z.array(z.object({ ...ruled, keys: z.int() }))
const Keys = z.array(z.object({ ...ruled, name: z.string() }))

/** Of a text it only matters whether it is there. */
const columns = `algorithm, purpose, exportable, rotate_every AS rotateEvery, state`
const places = `iif(location = '${inVault}', location, 'elsewhere')`
const groups = `algorithm, purpose, exportable, rotate_every, state, ${places}, owner IS NULL, environment IS NULL`
const where = "WHERE row > ? AND row <= ? AND +keyring_id = ? AND +state IN ('pre-active', 'active', 'suspended')"

/** The working keys of a keyring by what rules look at: there are many keys, and few kinds of them. */
export async function* governedPages(db: VaultDb, { id, name: keyring }: KeyringPlace): AsyncGenerator<GovernedPage> {
  const kinds = db.prepare(`
    SELECT ${columns}, ${places} AS location, iif(owner IS NULL, NULL, '') AS owner,
      iif(environment IS NULL, NULL, '') AS environment, count(*) AS keys
    FROM keys ${where} GROUP BY ${groups}`)
  const keys = db.prepare(`SELECT ${columns}, location, owner, environment, name FROM keys ${where} ORDER BY row`)
  const last = z.int().parse(db.prepare("SELECT coalesce(max(row), 0) FROM keys").pluck().get())
  const turns = new Turns()
  for (let start = 0; start < last; start += spanRows) {
    const span = [start, start + spanRows, id]
    yield {
      kinds: Kinds.parse(kinds.all(...span)).map((kind) => ({ ...kind, keyring, name: "" })),
      keys: () => Keys.parse(keys.all(...span)).map((key) => ({ ...key, keyring })),
    }
    await turns.breathe()
  }
}
