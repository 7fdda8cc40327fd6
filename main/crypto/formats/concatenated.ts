import { Secret } from "../../domain/secret.ts"

/** All parts in one array of its own: `Buffer.concat` would put a short secret into Node's shared pool, where nobody wipes it. */
export function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const { bytes: whole } = Secret.ofSize(parts.reduce((sum, { length }) => sum + length, 0))
  let position = 0
  for (const part of parts) {
    whole.set(part, position)
    position += part.length
  }
  return whole
}
