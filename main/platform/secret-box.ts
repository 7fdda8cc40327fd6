import { Secret } from "../domain/secret.ts"
import { NativeSecretBox } from "./native-memory.ts"

/** A secret that lives long: in locked, guarded memory outside the JavaScript heap. */
export class SecretBox implements Disposable {
  readonly #box: NativeSecretBox

  /**
   * Copies the secret in; the caller still owns, and wipes, its own.
   * @param secret - 1 byte to 1 MiB
   */
  constructor(secret: Secret) {
    using copy = outsideTheHeap(secret.bytes.length)
    copy.bytes.set(secret.bytes)
    this.#box = new NativeSecretBox(copy.bytes)
  }

  /** Lends the long-lived secret as a short-lived copy: `using key = box.open()`. Throws after `destroy`. */
  open(): Secret {
    const secret = outsideTheHeap(this.#box.length)
    this.#box.copyTo(secret.bytes)
    return secret
  }

  /** Wipes the secret. May be repeated. */
  destroy(): void {
    this.#box.destroy()
  }

  [Symbol.dispose](): void {
    this.destroy()
  }
}

/**
 * V8 keeps the bytes of `new Uint8Array(64)` and smaller inside its heap. Handing such an array to native code moves them
 * out and leaves a copy behind that nobody can wipe; an array over an ArrayBuffer of its own is outside from the start.
 */
function outsideTheHeap(length: number): Secret {
  return new Secret(new Uint8Array(new ArrayBuffer(length)))
}
