import { VaultError } from "../domain/vault-error.ts"
import type { Field, Fields } from "./field.ts"

/** `rotateEvery` → `rotate-every`. */
export function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** How a field is called on the terminal: `--rotate-every`, or for an argument what stands for it, `NAME`. */
export function spellForTerminal(name: string, field: Field): string {
  return field.place === "argument" ? field.placeholder : `--${kebabCase(name)}`
}

/** Of a failure that begins with the name of a field: the same with the name as it is typed, `--rotate-every: is …`. */
export function spelledForTerminal(error: unknown, fields: Fields): unknown {
  if (!(error instanceof VaultError) || !["USAGE", "INVALID_INPUT"].includes(error.code)) return error
  const [, name, says] = /^([a-z]+)(?:[.]\d+)?(: .*)$/is.exec(error.detail ?? "") ?? []
  if (name === undefined) return error
  const [known] = Object.entries(fields).filter(([field, { alias }]) => field === name || alias === name)
  return known === undefined ? error : new VaultError(error.code, `${spellForTerminal(...known)}${says}`)
}
