/**
 * 32 bytes to plant in one process and look for from another: the same in both, and never in memory but where they are put.
 * Arithmetic only, since a hash or a random source would keep copies; over an ArrayBuffer, since V8 moves small arrays about.
 */
export function marker(name: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(new ArrayBuffer(32))
  let state = 2_166_136_261
  for (const character of name) state = next(state ^ character.charCodeAt(0))
  for (let i = 0; i < bytes.length; i++) {
    state = next(state)
    bytes[i] = state >>> 16
  }
  return bytes
}

/** A linear congruential step modulo 2^32; the high bits vary well enough. */
function next(state: number): number {
  return (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
}
