import { randomBytes } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Needle } from "../support/needle-patterns.ts"
import type { BatchSession, Command } from "./batch-session.ts"

interface Key {
  readonly name: string
  readonly algorithm: string
  readonly purpose: string
}

export const signedMessage = "what is signed is no secret"

/** Twenty of each kind; of RSA, which takes long to make, fewer. */
const keys: readonly Key[] = [
  ...["aes-128", "aes-192", "aes-256", "chacha20-poly1305"].flatMap((name) => several(20, name, "encryption")),
  ...["hmac-sha256", "hmac-sha384", "hmac-sha512"].flatMap((name) => several(20, name, "mac")),
  ...["ec-p256", "ec-p384", "ec-p521", "ec-secp256k1", "ed25519"].flatMap((name) => several(20, name, "signature")),
  ...several(20, "x25519", "key-agreement"),
  ...several(20, "secret", "secret"),
  ...several(2, "rsa-2048", "signature"),
  ...several(1, "rsa-2048", "encryption"),
  ...several(1, "rsa-3072", "signature"),
]

function several(count: number, algorithm: string, purpose: string): Key[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${algorithm} ${purpose} ${index + 1}`,
    algorithm,
    purpose,
  }))
}

/** Makes and uses keys of every kind in a batch whose files lie in one folder. */
export class KeyUser {
  readonly #batch: BatchSession
  readonly #folder: string
  /** Secrets that no vault holds: plaintexts, data keys. */
  readonly others: Needle[] = []

  constructor(batch: BatchSession, folder: string) {
    this.#batch = batch
    this.#folder = folder
  }

  /** Generates the keys and does with each all that its purpose allows. */
  async useAll(): Promise<void> {
    await this.#batch.askAll(keys.map((key) => ({ cmd: "key generate", args: { ...key, exportable: "yes" } })))
    await this.#makeAndCheck("key sign", "signature", namesFor("signature"))
    await this.#makeAndCheck("key mac", "mac", namesFor("mac"))
    await this.#encryptAndDecrypt(namesFor("encryption"))
    await this.#useDataKeys(namesFor("encryption"))
  }

  async #makeAndCheck(cmd: string, member: string, names: readonly string[]): Promise<void> {
    const message = this.file(cmd, "message", signedMessage)
    const made = await this.#batch.askAll(names.map((name) => ({ cmd, args: { name, in: message } })))
    await this.#batch.askAll(
      names.map((name, index) => {
        const signature = this.file(name, "signature", Buffer.from(textIn(made[index], member), "base64"))
        return { cmd: "key verify", args: { name, in: message, signature } }
      }),
    )
  }

  /** What is decrypted goes into files: answers would keep it in the program's memory, as text. */
  async #encryptAndDecrypt(names: readonly string[]): Promise<void> {
    const made = await this.#batch.askAll(
      names.map((name) => {
        const plaintext = randomBytes(100)
        this.others.push({ name: `plaintext under ${name}`, bytes: plaintext })
        return { cmd: "key encrypt", args: { name, in: this.file(name, "plaintext", plaintext) } }
      }),
    )
    await this.#batch.askAll(
      names.map((name, index) => {
        const token = this.file(name, "token", textIn(made[index], "ciphertext"))
        return { cmd: "key decrypt", args: { name, in: token, out: this.place(name, "decrypted") } }
      }),
    )
  }

  /** Data keys are wrapped, unwrapped, and wrapped again under a newer version. */
  async #useDataKeys(names: readonly string[]): Promise<void> {
    const made = await this.#batch.askAll(
      names.map((name) => ({ cmd: "key datakey", args: { name, wrappedOnly: true } })),
    )
    await this.#batch.askAll(
      names.flatMap((name, index) => this.#unwrapAndRewrap(name, textIn(made[index], "wrapped"))),
    )
    for (const name of names) {
      this.others.push({ name: `data key under ${name}`, bytes: readFileSync(this.place(name, "unwrapped")) })
    }
  }

  #unwrapAndRewrap(name: string, token: string): Command[] {
    const wrapped = this.file(name, "wrapped", token)
    return [
      { cmd: "key unwrap", args: { name, in: wrapped, out: this.place(name, "unwrapped") } },
      { cmd: "key rotate", args: { name } },
      { cmd: "key rewrap", args: { name, in: wrapped } },
    ]
  }

  /** @returns the path of a new file */
  file(name: string, what: string, content: Uint8Array | string): string {
    const path = this.place(name, what)
    writeFileSync(path, content)
    return path
  }

  /** @returns a path in the folder */
  place(name: string, what: string): string {
    return join(this.#folder, `${name} ${what}`)
  }
}

function namesFor(purpose: string): string[] {
  return keys.filter((key) => key.purpose === purpose).map(({ name }) => name)
}

function textIn(answer: unknown, member: string): string {
  const text = Object.entries(answer ?? {}).find(([name]) => name === member)?.[1]
  if (typeof text !== "string") throw new Error(`the answer has no ${member}`)
  return text
}
