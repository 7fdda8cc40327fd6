/**
 * Places of words in a list: the phrase itself, in numbers. `using` wipes them. In memory of their own, because V8 moves small arrays
 * about and leaves copies behind (see `Secret.ofSize`).
 */
export class WordIndexes implements Disposable {
  readonly values: Uint16Array

  constructor(count: number) {
    this.values = new Uint16Array(new ArrayBuffer(count * Uint16Array.BYTES_PER_ELEMENT))
  }

  static copyOf({ values }: WordIndexes): WordIndexes {
    const copy = new WordIndexes(values.length)
    copy.values.set(values)
    return copy
  }

  [Symbol.dispose](): void {
    this.values.fill(0)
  }
}
