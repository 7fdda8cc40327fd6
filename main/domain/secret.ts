/** Bytes with an owner: `using key = new Secret(bytes)` wipes them when the block ends, however it ends. */
export class Secret implements Disposable {
  readonly bytes: Uint8Array<ArrayBuffer>

  /** Takes the bytes over: it keeps this very array, makes no copy, and will wipe it. */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes
  }

  /** Takes over a copy; the caller still owns, and wipes, the bytes it passed. */
  static copyOf(bytes: Uint8Array): Secret {
    return new Secret(new Uint8Array(bytes))
  }

  [Symbol.dispose](): void {
    this.bytes.fill(0)
  }
}
