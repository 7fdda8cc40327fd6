import type { KeyObject } from "../../../preload/contract/key-object.ts"

/** The number of the version that a rotation makes. One that was rolled back keeps its number. */
export function madeVersion({ versions }: Pick<KeyObject, "versions">): number {
  return Math.max(...versions.map(({ version }) => version)) + 1
}
