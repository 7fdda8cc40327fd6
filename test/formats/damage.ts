import fc from "fast-check"

/** Where, as a fraction of the file's length. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

/** One damage: a bit flipped; bytes deleted, put in or replaced; a stretch doubled. */
export const damage = fc.oneof(
  fc.record({ kind: fc.constant("flip" as const), at: place, bit: fc.nat(7) }),
  fc.record({
    kind: fc.constant("splice" as const),
    at: place,
    removed: fc.nat(40),
    put: fc.uint8Array({ maxLength: 40 }),
  }),
  fc.record({ kind: fc.constant("double" as const), at: place, until: place }),
)
type Damage = typeof damage extends fc.Arbitrary<infer Value> ? Value : never

export function damaged(file: Uint8Array, what: Damage): Uint8Array {
  const start = Math.floor(what.at * file.length)
  switch (what.kind) {
    case "flip": {
      const flipped = new Uint8Array(file)
      flipped[start] = (flipped[start] ?? 0) ^ (1 << what.bit)
      return flipped
    }
    case "splice":
      return Buffer.concat([file.subarray(0, start), what.put, file.subarray(start + what.removed)])
    case "double": {
      const end = Math.floor(what.until * file.length)
      return Buffer.concat([file.subarray(0, Math.max(start, end)), file.subarray(Math.min(start, end))])
    }
  }
}
