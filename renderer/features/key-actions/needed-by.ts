import type { KeyObject } from "../../../preload/contract/key-object.ts"

/** The other keys that need this one, as the rule for destroying it has it: what it protects or wraps, and what depends on it. */
export function neededBy({ relations = [] }: Pick<KeyObject, "relations">): string[] {
  const needing = relations.filter(({ kind, direction }) => (kind === "depends-on") === (direction === "from"))
  return [...new Set(needing.map(({ key }) => key))]
}
