import { timingSafeEqual } from "node:crypto"

/** Whether two arrays hold the same bytes, in a time that tells nothing of where they differ. Their lengths are public. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
