import { createHash, timingSafeEqual } from "node:crypto"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"

/** The part of Electron's clipboard that is needed. */
interface Clipboard {
  readText(): Promise<string>
  writeText(text: string): Promise<void>
  clear(): void
}

/** Puts secrets on the clipboard for a short time. What it put there is remembered by its hash only. */
export class SecretClipboard {
  readonly #clipboard: Clipboard
  readonly #tell: (clearsInMs: number) => void
  #hash: Buffer | null = null
  #timer: NodeJS.Timeout | null = null

  /** @param tell - how long the secret stays there, and 0 when it is gone */
  constructor(clipboard: Clipboard, tell: (clearsInMs: number) => void) {
    this.#clipboard = clipboard
    this.#tell = tell
  }

  /**
   * The system's clipboard takes text only: this is the one place where a secret becomes a string.
   * @throws `INVALID_INPUT` for bytes that are no UTF-8: what is not the same on the clipboard would not be known there again
   */
  async copySecret(secret: Uint8Array, forMs: number): Promise<void> {
    const text = textOf(secret)
    this.#stopTimer()
    this.#hash = hashOf(secret)
    await this.#clipboard.writeText(text)
    this.#timer = setTimeout(() => void this.clear(), forMs)
    this.#tell(forMs)
  }

  async copyText(text: string): Promise<void> {
    this.#stopTimer()
    this.#hash = null
    await this.#clipboard.writeText(text)
    this.#tell(0)
  }

  /** Clears what we put there, if it is still there: whatever the person copied since is theirs. */
  async clear(): Promise<void> {
    this.#stopTimer()
    const hash = this.#hash
    if (hash === null) return
    this.#hash = null
    using found = new Secret(new TextEncoder().encode(await this.#clipboard.readText()))
    if (timingSafeEqual(hash, hashOf(found.bytes))) this.#clipboard.clear()
    this.#tell(0)
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}

function textOf(secret: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(secret)
  } catch {
    throw new VaultError("INVALID_INPUT", "the secret is not text: export it to a file")
  }
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest()
}
