/** For example "no backups", "1 key", "3 keys". */
export function count(number: number, noun: string): string {
  return `${number === 0 ? "no" : number} ${noun}${number === 1 ? "" : "s"}`
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const units: Readonly<Record<string, string>> = { h: "hour", d: "day", w: "week", y: "year" }

/** A length of time as the contract has it, such as `30d`. */
export function lengthWords(length: string): string {
  const unit = units[length.slice(-1)]
  return unit === undefined ? length : count(Number(length.slice(0, -1)), unit)
}

interface Choice {
  readonly value: string
  readonly label: string
}

/** Choices with what is set now, where that is not one of the usual ones. */
export function withCurrent(usual: readonly Choice[], value: string, label: string): Choice[] {
  return usual.some((one) => one.value === value) ? [...usual] : [...usual, { value, label }]
}
