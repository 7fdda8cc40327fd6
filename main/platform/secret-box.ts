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
    using copy = Secret.copyOf(secret.bytes)
    this.#box = new NativeSecretBox(copy.bytes)
  }

  /** Lends the long-lived secret as a short-lived copy: `using key = box.open()`. Throws after `destroy`. */
  open(): Secret {
    const secret = Secret.ofSize(this.#box.length)
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
