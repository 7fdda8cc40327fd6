import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A key of a keyring, as `gpg --with-colons` lists it. */
export interface ListedKey {
  readonly fingerprint: string
  /** `#` where there is only a stub of the secret part */
  readonly isStub: boolean
}

/** A keyring of GnuPG's by itself, with an agent that ends with it. */
export class GpgHome implements Disposable {
  /** Short: a socket's path may have 107 characters. */
  readonly #folder = mkdtempSync(join(tmpdir(), "clv-gpg-"))
  #files = 0

  /** @throws Error with what gpg said, when it fails */
  run(args: readonly string[], input: Uint8Array | string = ""): Buffer {
    const { status, stdout, stderr } = this.#start("gpg", ["--batch", "--pinentry-mode", "loopback", ...args], input)
    if (status !== 0) throw new Error(`gpg ${args.join(" ")}: ${stderr}`)
    return stdout
  }

  /** What gpg says on standard error, whether it fails or not. */
  said(args: readonly string[], input: Uint8Array | string = ""): string {
    return this.#start("gpg", ["--batch", "--pinentry-mode", "loopback", ...args], input).stderr.toString()
  }

  /** Makes a primary key. @returns its fingerprint */
  generate(userId: string, algorithm: string, usage: string, passphrase = "", expires = "0"): string {
    this.run(["--passphrase", passphrase, "--quick-gen-key", userId, algorithm, usage, expires])
    const fingerprint = this.keys(userId).at(-1)?.fingerprint
    if (fingerprint === undefined) throw new Error("gpg made no key")
    return fingerprint
  }

  addSubkey(fingerprint: string, algorithm: string, usage: string, passphrase = ""): void {
    this.run(["--passphrase", passphrase, "--quick-add-key", fingerprint, algorithm, usage, "0"])
  }

  /** The secret keys, primary and sub, in the order of the certificates. */
  keys(userId?: string): ListedKey[] {
    const list = this.run(["--with-colons", "--list-secret-keys", ...(userId === undefined ? [] : [userId])])
    const lines = list.toString().split("\n")
    return lines.flatMap((line, index) => {
      const fields = line.split(":")
      if (fields[0] !== "sec" && fields[0] !== "ssb") return []
      return [{ fingerprint: lines[index + 1]?.split(":")[9] ?? "", isStub: fields[14] === "#" }]
    })
  }

  /** A file in the keyring's folder. */
  file(content: Uint8Array | string): string {
    this.#files += 1
    const path = join(this.#folder, `file-${this.#files}`)
    writeFileSync(path, content)
    return path
  }

  /** The revocation that gpg made with the key, ready to be imported. */
  revocationOf(fingerprint: string): string {
    const text = readFileSync(join(this.#folder, "openpgp-revocs.d", `${fingerprint}.rev`), "utf8")
    return text.replace(":-----BEGIN", "-----BEGIN")
  }

  [Symbol.dispose](): void {
    this.#start("gpgconf", ["--kill", "all"], "")
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 })
  }

  #start(program: string, args: readonly string[], input: Uint8Array | string) {
    return spawnSync(program, args, { input, env: { ...process.env, GNUPGHOME: this.#folder, LC_ALL: "C.UTF-8" } })
  }
}
