import { timingSafeEqual } from "node:crypto"
import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { Prompter } from "./prompter.ts"
import { type PassphraseSource, readPassphraseFd, readPassphraseFile } from "./secret-input.ts"

/** Who can be asked; `null` when nobody is there. */
export type FindPrompter = () => Pick<Prompter, "secret" | "line"> | null

/** The passphrase of the vault: asked for once, and kept until it is disposed. */
export class VaultPassphrase implements Disposable {
  readonly #source: PassphraseSource
  readonly #findPrompter: FindPrompter
  #kept: Secret | null = null

  constructor(source: PassphraseSource, findPrompter: FindPrompter) {
    this.#source = source
    this.#findPrompter = findPrompter
  }

  /** A copy, which the caller wipes. @throws `USAGE` when there is none and nobody to ask */
  async copy(): Promise<Secret> {
    this.#kept ??= (await readFrom(this.#source, "passphrase")) ?? (await this.#ask("Passphrase"))
    return Secret.copyOf(this.#kept.bytes)
  }

  /** As `copy`, but a person types it once more: whoever sits at an open vault may be somebody else. */
  again(): Promise<Secret> {
    const { file, fd } = this.#source
    return file === undefined && fd === undefined ? this.#ask("The passphrase again") : this.copy()
  }

  #ask(question: string): Promise<Secret> {
    const prompter = this.#findPrompter()
    if (prompter === null) {
      throw new VaultError("USAGE", "a passphrase is needed: --passphrase-file, --passphrase-fd or a terminal")
    }
    return prompter.secret(question)
  }

  [Symbol.dispose](): void {
    this.#kept?.[Symbol.dispose]()
    this.#kept = null
  }
}

/** In characters; of four random words only the shortest are shorter. */
const shortPassphrase = 12

interface Chooser {
  readonly findPrompter: FindPrompter
  readonly note: (text: string) => void
}

/**
 * A passphrase that is being chosen. A short one is taken with a warning: whoever chooses it knows what it protects.
 * @param field - how the source is called: `newPassphrase` for `--new-passphrase-file`
 * @throws `USAGE` when there is none and nobody to ask, `INVALID_INPUT` when the two that a person typed differ
 */
export async function choosePassphrase(
  source: PassphraseSource,
  field: string,
  { findPrompter, note }: Chooser,
): Promise<Secret> {
  const chosen = (await readFrom(source, field)) ?? (await typedTwice(field, findPrompter))
  if (charactersIn(chosen) < shortPassphrase) {
    note(`a passphrase of fewer than ${shortPassphrase} characters is soon guessed; several random words are not`)
  }
  return chosen
}

/** Of UTF-8: every byte but 10xxxxxx begins a character. */
function charactersIn({ bytes }: Secret): number {
  return bytes.reduce((count, byte) => count + Number((byte & 0xc0) !== 0x80), 0)
}

async function typedTwice(field: string, findPrompter: FindPrompter): Promise<Secret> {
  const prompter = findPrompter()
  if (prompter === null) throw new VaultError("USAGE", `${field}: a file, a file descriptor or a terminal is needed`)
  const first = await prompter.secret("New passphrase")
  try {
    using again = await prompter.secret("The same again")
    if (first.bytes.length === again.bytes.length && timingSafeEqual(first.bytes, again.bytes)) return first
    throw new VaultError("INVALID_INPUT", "the two passphrases differ")
  } catch (error) {
    first[Symbol.dispose]()
    throw error
  }
}

/** The PIN of a token. @returns `null` when there is none, and nobody to ask or none to be asked */
export async function pinOf(
  source: PassphraseSource,
  field: string,
  findPrompter: FindPrompter,
  { isAsked }: { readonly isAsked: boolean },
): Promise<Secret | null> {
  const given = await readFrom(source, field)
  if (given !== null || !isAsked) return given
  return (await findPrompter()?.secret(pinQuestions[field] ?? "PIN of the token")) ?? null
}

const pinQuestions: Readonly<Record<string, string>> = {
  soPin: "SO PIN of the token",
  newPin: "New PIN",
  holderPin: "PIN of the token that holds the keyring",
}

async function readFrom({ file, fd }: PassphraseSource, field: string): Promise<Secret | null> {
  if (file !== undefined && fd !== undefined) throw new VaultError("USAGE", `${field}: has two sources`)
  if (file !== undefined) return await readPassphraseFile(file, `${field}File`)
  return fd === undefined ? null : await readPassphraseFd(fd, `${field}Fd`)
}
