import type { KeyFilter } from "../domain/open-vault.ts"
import { searchExpression } from "./key-search.ts"

interface Query {
  readonly where: string
  readonly values: readonly (string | number)[]
}

/** The conditions of a filter as SQL, in the order of names so that a page starts where the last one ended. */
export function keyPageQuery(filter: KeyFilter): Query {
  const conditions: (readonly [sql: string, value: string])[] = []
  if (filter.state !== undefined) conditions.push(["state = ?", filter.state])
  if (filter.algorithm !== undefined) conditions.push(["algorithm = ?", filter.algorithm])
  if (filter.purpose !== undefined) conditions.push(["keys.purpose = ?", filter.purpose])
  if (filter.keyring !== undefined)
    conditions.push(["keyring_id = (SELECT id FROM keyrings WHERE name = ?)", filter.keyring])
  if (filter.dueAt !== undefined) conditions.push(["state = 'active' AND next_rotation_at <= ?", filter.dueAt])
  if (filter.after !== undefined) conditions.push(["keys.name > ?", filter.after])
  const expression = filter.query === undefined ? null : searchExpression(filter.query)
  if (expression !== null) {
    conditions.push(["keys.row IN (SELECT rowid FROM key_search WHERE key_search MATCH ?)", expression])
  }
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.map(([sql]) => sql).join(" AND ")} `
  return {
    where: `${where}ORDER BY keys.name LIMIT ?`,
    values: [...conditions.map(([, value]) => value), filter.limit],
  }
}
