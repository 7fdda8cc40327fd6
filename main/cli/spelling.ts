import type { Field } from "./field.ts"

/** `rotateEvery` → `rotate-every`. */
export function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** How a field is called on the terminal: `--rotate-every`, or for an argument what stands for it, `NAME`. */
export function spellForTerminal(name: string, field: Field): string {
  return field.place === "argument" ? field.placeholder : `--${kebabCase(name)}`
}
