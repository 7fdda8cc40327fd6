/** Where bytes come from: a file, a pipe, memory. */
export interface ByteSource {
  /** Puts what comes next at the start of `into`, as much as is there at once. @returns how much; 0 only at the end */
  read(into: Uint8Array): Promise<number>
}

/** The bytes of some chunks, one after the other. Each stays its owner's, and is let go of once the next is asked for. */
export function sourceOf(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): ByteSource {
  const iterator = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]()
  let rest: Uint8Array = new Uint8Array(0)
  return {
    async read(into) {
      while (rest.length === 0) {
        const next = await iterator.next()
        if (next.done === true) return 0
        rest = next.value
      }
      const taken = rest.subarray(0, into.length)
      into.set(taken)
      rest = rest.subarray(taken.length)
      return taken.length
    },
  }
}

/** Fills `into` as far as the source reaches. @returns how far; less than all of it only at the end */
export async function fill(source: ByteSource, into: Uint8Array): Promise<number> {
  let filled = 0
  while (filled < into.length) {
    const count = await source.read(into.subarray(filled))
    if (count === 0) break
    filled += count
  }
  return filled
}
