import type { Imported, ReadOptions, Warn } from "./imported-key.ts"

/** A file whose format is known: what it is called, and how its keys are read. Disposing wipes what was decoded to find that out. */
export interface KeySource extends Disposable {
  /** as in `--format`, or the name of a form that is only read: `pkcs1-pem`, `sec1-der` */
  readonly format: string
  /** what a person should know of the file, without secrets; complete once it was read */
  readonly warnings?: readonly string[]
  /** @throws INVALID_INPUT, WRONG_PASSPHRASE */
  read(options: ReadOptions): Promise<Imported[]>
}

/**
 * Whether a file is of a format, told without any costly work; a format is one file with one such function, listed in `import-key.ts`.
 *
 * @returns null when it is not
 * @throws INVALID_INPUT when it is, but broken, or can't be imported for a reason that is given
 */
export type KeyRecogniser = (file: Uint8Array, options: ReadOptions) => KeySource | null

/**
 * A source that may have something to say of the file.
 *
 * @param dispose - wipes what was decoded to find out the format; nothing where it reads straight from the file
 */
export function warningSource(
  format: string,
  read: (options: ReadOptions, warn: Warn) => Promise<Imported[]>,
  dispose: () => void = () => {},
): KeySource {
  const warnings: string[] = []
  const warn: Warn = (warning) => {
    if (!warnings.includes(warning)) warnings.push(warning)
  }
  return { format, warnings, read: (options) => read(options, warn), [Symbol.dispose]: dispose }
}

/** A source that reads straight from the file, and so has nothing of its own to wipe. */
export function plainSource(format: string, read: (options: ReadOptions) => Promise<Imported[]>): KeySource {
  return warningSource(format, read)
}
