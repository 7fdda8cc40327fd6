import { VaultError } from "../domain/vault-error.ts"
import type { Field, Fields } from "./field.ts"
import { kebabCase } from "./spelling.ts"

/** `-` alone is a value: standard input or output. */
export function looksLikeOption(token: string): boolean {
  return token.startsWith("-") && token !== "-"
}

/** Collects the options of one declaration from a command line: `--name value`, `--name=value`, and flags. */
export class OptionReader {
  readonly given: Record<string, unknown> = {}
  readonly #known = new Map<string, { readonly name: string; readonly field: Field }>()

  constructor(fields: Fields) {
    for (const [name, field] of Object.entries(fields)) {
      if (field.place === "argument") continue
      this.#known.set(`--${kebabCase(name)}`, { name, field })
      if (field.alias !== undefined) this.#known.set(`--${field.alias}`, { name, field })
    }
  }

  /**
   * @param following - what comes after the option; its value is taken from there
   * @returns false when the option is none of these
   * @throws `USAGE` when its value is missing, or when a flag has one
   */
  take(token: string, following: Iterator<string>): boolean {
    const [spelled = "", ...rest] = token.split("=")
    const known = this.#known.get(spelled)
    if (known === undefined) return false
    const { name, field } = known
    const attached = rest.length === 0 ? undefined : rest.join("=")
    if (field.isFlag && attached !== undefined) throw new VaultError("USAGE", `${spelled} takes no value`)
    const value = field.isFlag ? true : (attached ?? following.next().value)
    if (value === undefined) throw new VaultError("USAGE", `${spelled} needs a value`)
    const before = this.given[name]
    this.given[name] = field.isRepeated ? [...(Array.isArray(before) ? before : []), value] : value
    return true
  }
}
