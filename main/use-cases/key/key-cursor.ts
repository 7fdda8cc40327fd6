import type { KeyOrder } from "../../../preload/contract/key.ts"
import type { Key } from "../../domain/key.ts"
import type { KeyPosition } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"

/** What each order goes by; `null` where names alone are enough. */
const valueIn: Readonly<Record<KeyOrder, (key: Key) => string | null>> = {
  name: () => null,
  created: ({ id }) => id,
  algorithm: ({ algorithm }) => algorithm,
  purpose: ({ purpose }) => purpose,
  keyring: ({ keyring }) => keyring,
  state: ({ state }) => state,
  "next-rotation": ({ nextRotationAt }) => nextRotationAt,
}

/** Where the page after this key starts, as text: its name, or with it the value that comes before names in the order. */
export function cursorAfter(order: KeyOrder, key: Key): string {
  return order === "name" ? key.name : JSON.stringify([valueIn[order](key), key.name])
}

/** @throws `INVALID_INPUT` for what no page of this order gave */
export function readCursor(order: KeyOrder, cursor: string): KeyPosition {
  if (order === "name") return { value: null, name: cursor }
  const [value, name, ...more] = listIn(cursor)
  const isValue = typeof value === "string" || (value === null && order === "next-rotation")
  if (!isValue || typeof name !== "string" || more.length > 0) throw new VaultError("INVALID_INPUT", "cursor")
  return { value, name }
}

function listIn(json: string): readonly unknown[] {
  try {
    const read: unknown = JSON.parse(json)
    return Array.isArray(read) ? read : []
  } catch {
    return []
  }
}
