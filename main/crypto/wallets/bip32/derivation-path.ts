import { VaultError } from "../../../domain/vault-error.ts"

/** From this index on, children are hardened (BIP-0032, "Extended keys"). */
export const hardenedOffset = 0x8000_0000

/** The indexes of the children from a root on, hardened ones from 2^31. */
export type DerivationPath = readonly number[]

/** The depth of an extended key is one byte; nobody goes so deep. */
const mostSteps = 32
const mostCharacters = 512
const step = /^(0|[1-9][0-9]{0,9})(['hH]?)$/

/** The hardened child of this number. */
export function hardened(index: number): number {
  return index + hardenedOffset
}

export function isHardened(index: number): boolean {
  return index >= hardenedOffset
}

/**
 * Reads a path such as `m/84'/0'/0'` (BIP-0032, "Key tree"); `'`, `h` and `H` mark hardened children, and the `m` may be missing.
 *
 * @throws INVALID_INPUT naming the step that is none
 */
export function parseDerivationPath(text: string): DerivationPath {
  if (text.length > mostCharacters) throw new VaultError("INVALID_INPUT", "path: too long")
  const steps = text.split("/")
  if (steps[0] === "m") steps.shift()
  if (steps.length > mostSteps) throw new VaultError("INVALID_INPUT", `path: more than ${mostSteps} steps`)
  return steps.map((part, position) => {
    const [, digits, mark] = step.exec(part) ?? []
    const index = Number(digits)
    if (digits === undefined || index >= hardenedOffset) {
      throw new VaultError("INVALID_INPUT", `path: step ${position + 1} is no number from 0 to 2147483647`)
    }
    return mark === "" ? index : hardened(index)
  })
}

/** Writes the path from `m` on. @param mark - that of hardened children: `'` is usual, `h` needs no quotes in a shell */
export function formatDerivationPath(path: DerivationPath, mark: "'" | "h" = "'"): string {
  return ["m", ...path.map((index) => (isHardened(index) ? `${index - hardenedOffset}${mark}` : `${index}`))].join("/")
}
