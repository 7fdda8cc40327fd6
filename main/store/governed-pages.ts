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
const Keys = z.array(z.object({ ...ruled, keyringId: z.string(), name: z.string() }))
const Kind = z.object({ ...ruled, keyringId: z.string() })

/** What rules look at, in one text: of a text that a person wrote, only whether it is there. None of the others has a slash. */
const kindOfRow = `keyring_id || '/' || algorithm || '/' || purpose || '/' || exportable || '/' || ifnull(rotate_every, '') || '/' ||
  state || '/' || iif(location = '${inVault}', location, 'elsewhere') || '/' ||
  iif(has_owner, 'said', '') || '/' || iif(has_environment, 'said', '')`
const columns = `keyring_id AS keyringId, algorithm, purpose, exportable, rotate_every AS rotateEvery, state, location, owner,
  environment, name`

/**
 * The working keys of some keyrings by what rules look at: there are many keys, and few kinds of them. They are counted here, since
 * SQLite sorts what it groups, which takes three times as long.
 */
export async function* governedPages(db: VaultDb, keyrings: readonly KeyringPlace[]): AsyncGenerator<GovernedPage> {
  const where = `WHERE row > ? AND row <= ? AND +state IN ('pre-active', 'active', 'suspended')
    AND +keyring_id IN (${keyrings.map(() => "?").join(", ")})`
  const kinds = db.prepare(`SELECT ${kindOfRow} FROM keys INDEXED BY keys_in_rows ${where}`).pluck()
  const keys = db.prepare(`SELECT ${columns} FROM keys ${where} ORDER BY row`)
  const names = new Map(keyrings.map(({ id, name }) => [id, name]))
  const named = <Key extends { keyringId: string }>(key: Key) => ({ ...key, keyring: names.get(key.keyringId) ?? "" })
  const last = z.int().parse(db.prepare("SELECT coalesce(max(row), 0) FROM keys").pluck().get())
  const turns = new Turns()
  for (let start = 0; start < last; start += spanRows) {
    const span = [start, start + spanRows, ...keyrings.map(({ id }) => id)]
    yield {
      kinds: counted(kinds.all(...span)).map(([kind, count]) => ({ ...named(kind), name: "", keys: count })),
      keys: () => Keys.parse(keys.all(...span)).map(named),
    }
    await turns.breathe()
  }
}

/** Each kind is parsed once, and not each key. */
function counted(kinds: readonly unknown[]): (readonly [kind: z.infer<typeof Kind>, count: number])[] {
  const counts = new Map<unknown, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => [kindIn(kind), count])
}

function kindIn(text: unknown): z.infer<typeof Kind> {
  const [keyringId, algorithm, purpose, exportable, rotateEvery, state, location, owner, environment] = z
    .string()
    .parse(text)
    .split("/")
  return Kind.parse({
    keyringId,
    algorithm,
    purpose,
    exportable,
    rotateEvery: rotateEvery === "" ? null : rotateEvery,
    state,
    location,
    owner: owner === "" ? null : owner,
    environment: environment === "" ? null : environment,
  })
}
