import type { KeyOrder } from "../../preload/contract/key.ts"
import { KeyState } from "../../preload/contract/values.ts"
import type { KeyFilter, KeyPosition } from "../domain/open-vault.ts"
import { searchExpression } from "./key-search.ts"

type Value = string | number | null

interface Query {
  readonly sql: string
  readonly values: readonly Value[]
}

export interface KeyPageQuery {
  /** Of the search and of the other conditions: how many keys fit, at most one more than are few. */
  readonly probes: readonly Query[]
  /** Finds the keys that fit and puts them in order: for a few. */
  readonly driven: Query
  /** Of a search: looks among the first keys in order only, which fill a page where most keys are found; `null` of none. */
  readonly near: Query | null
  /** Goes through the keys in order and takes those that fit: for many, of which the first pages are soon full. */
  readonly walked: Query
}

/** So many are looked up and sorted at once. SQLite has no idea how many fit, and would sort a hundred thousand. */
export const few = 2000

interface Condition {
  /** With a `+` before the column SQLite can't use its index, and goes by the order's. */
  readonly sql: (free: "" | "+") => string
  readonly values: readonly Value[]
}

/** The rows of the keys that fit a filter, in an order in which a page starts where the last one ended. */
export function keyPageQuery(filter: KeyFilter): KeyPageQuery {
  const { order = "name", descending = false, after, limit } = filter
  const found = searched(filter)
  const others = conditionsOf(filter)
  const further = after === undefined ? [] : [beyond(order, descending, after)]
  const all = [...others, ...found, ...further]
  const way = descending ? "DESC" : "ASC"
  const inOrder = columns[order].map((column) => `${column} ${way}`).join(", ")
  const page = (conditions: readonly Condition[], free: "" | "+", most: number): Query => ({
    sql: `SELECT keys.row ${from(order)} ${where(conditions, free)} ORDER BY ${inOrder} LIMIT ?`,
    values: [...conditions.flatMap(({ values }) => values), most],
  })
  const first = page([...others, ...further], "+", 4 * limit)
  return {
    probes: [
      ...(others.length === 0 ? [] : [counting(`SELECT 1 FROM keys ${where(others, "")}`, others)]),
      ...(found.length === 0 ? [] : [counting(matching, found)]),
    ],
    driven: page(all, "", limit),
    near: found.length === 0 ? null : page([foundAmong(first, found, filter.query ?? "")], "", limit),
    walked: page(all, "+", limit),
  }
}

function counting(select: string, conditions: readonly Condition[]): Query {
  const values = conditions.flatMap((condition) => condition.values)
  return { sql: `SELECT count(*) FROM (${select} LIMIT ${few + 1})`, values }
}

function where(conditions: readonly Condition[], free: "" | "+"): string {
  return conditions.length === 0 ? "" : `WHERE ${conditions.map(({ sql }) => sql(free)).join(" AND ")}`
}

function from(order: KeyOrder): string {
  return order === "keyring" ? "FROM keys JOIN keyrings ON keyrings.id = keyring_id" : "FROM keys"
}

function conditionsOf(filter: KeyFilter): Condition[] {
  const conditions: Condition[] = []
  const add = (value: string | null | undefined, sql: Condition["sql"]) => {
    if (value !== undefined && value !== null) conditions.push({ sql, values: [value] })
  }
  add(filter.state, (free) => `${free}keys.state = ?`)
  add(filter.algorithm, (free) => `${free}keys.algorithm = ?`)
  add(filter.purpose, (free) => `${free}keys.purpose = ?`)
  add(filter.keyring, (free) => `${free}keys.keyring_id = (SELECT id FROM keyrings WHERE name = ?)`)
  // Nearly all keys are active, few are due.
  add(filter.dueAt, (free) => `+keys.state = 'active' AND ${free}${rotation} <= ?`)
  return [...conditions, ...ofAge(filter)]
}

/** The index of times begins with the state: where it may be any, each is looked up. */
function ofAge({ madeUntil, madeAfter, state }: KeyFilter): Condition[] {
  if (madeUntil === undefined && madeAfter === undefined) return []
  const ofAny = state === undefined ? `keys.state IN (${states}) AND ` : ""
  const sql: Condition["sql"] = (free) =>
    `${free === "" ? ofAny : ""}${free}keys.created_at > ? AND ${free}keys.created_at <= ?`
  return [{ sql, values: [madeAfter ?? "", madeUntil ?? "~"] }]
}

const states = KeyState.options.map((state) => `'${state}'`).join(", ")
const matching = "SELECT rowid FROM key_search WHERE key_search MATCH ?"

function searched({ query }: KeyFilter): Condition[] {
  const expression = query === undefined ? null : searchExpression(query)
  return expression === null ? [] : [{ sql: (free) => `${free}keys.row IN (${matching})`, values: [expression] }]
}

/**
 * Hits among a few rows. Words of up to three letters stand in an index of beginnings, where a row is looked up at once;
 * of longer ones all hits are gone through, which are fewer (with the `+` not once more for each row).
 */
function foundAmong(rows: Query, found: readonly Condition[], query: string): Condition {
  const expressions = found.flatMap(({ values }) => values)
  if (/[\p{L}\p{N}\p{M}]{4}/u.test(query)) {
    const sql = `keys.row IN (${matching} AND +rowid IN (${rows.sql}))`
    return { sql: () => sql, values: [...expressions, ...rows.values] }
  }
  const isHit = `EXISTS (SELECT 1 FROM key_search WHERE key_search MATCH ? AND rowid = near.row)`
  const sql = `keys.row IN (SELECT near.row FROM (${rows.sql}) AS near WHERE ${isHit})`
  return { sql: () => sql, values: [...rows.values, ...expressions] }
}

/** As in its index. */
const rotation = "ifnull(next_rotation_at, '~')"

/** Names are unique, and so are ids, which are given out in the order of time (RFC 9562, version 7). */
const columns: Readonly<Record<KeyOrder, readonly [string, ...string[]]>> = {
  name: ["keys.name"],
  created: ["keys.id"],
  algorithm: ["algorithm", "keys.name"],
  purpose: ["keys.purpose", "keys.name"],
  keyring: ["keyrings.name", "keys.name"],
  state: ["state", "keys.name"],
  "next-rotation": [rotation, "keys.name"],
}

function beyond(order: KeyOrder, descending: boolean, { value, name }: KeyPosition): Condition {
  const sign = descending ? "<" : ">"
  const [column, ...others] = columns[order]
  if (others.length === 0) return { sql: () => `${column} ${sign} ?`, values: [value ?? name] }
  return { sql: () => `(${column}, keys.name) ${sign} (ifnull(?, '~'), ?)`, values: [value, name] }
}
