/** Bytes with an owner: `using key = new Secret(bytes)` wipes them when the block ends, however it ends. */
export class Secret implements Disposable {
  readonly bytes: Uint8Array<ArrayBuffer>

  /** Takes the bytes over: it keeps this very array, makes no copy, and will wipe it. */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes
  }

  /**
   * Zeros to be filled in. V8 keeps small arrays that are made by their length inside its own heap, and leaves a copy
   * there that nobody can wipe as soon as one is handed to native code; an ArrayBuffer of its own has no such copy.
   */
  static ofSize(size: number): Secret {
    return new Secret(new Uint8Array(new ArrayBuffer(size)))
  }

  /** Takes over a copy; the caller still owns, and wipes, the bytes it passed. */
  static copyOf(bytes: Uint8Array): Secret {
    const copy = Secret.ofSize(bytes.length)
    copy.bytes.set(bytes)
    return copy
  }

  [Symbol.dispose](): void {
    this.bytes.fill(0)
  }
}
