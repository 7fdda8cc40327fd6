import { VaultError } from "../domain/vault-error.ts"

/** One thing a command can be told: an argument or an option on the terminal, a member of `args` in a batch line. */
export interface Field<Value = unknown> {
  readonly place: "argument" | "option"
  readonly isRequired: boolean
  readonly isFlag: boolean
  readonly isRepeated: boolean
  /** Stands for the value in the help, for example `FILE`. */
  readonly placeholder: string
  readonly says: string
  /** Another spelling on the terminal, in kebab-case. */
  readonly alias?: string
  readonly absent: Value
  /** Takes what the terminal or a batch line gave. @throws `INVALID_INPUT` naming the field */
  read(given: unknown, name: string): Value
}

export type Fields = Readonly<Record<string, Field>>
export type ArgsOf<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer Value> ? Value : never
}

type Optional<Value> = Field<Value | undefined>

export const text = (placeholder: string, says: string): Optional<string> => field(placeholder, says, readText)

/** The name of a file or a folder. */
export const path = (placeholder: string, says: string): Optional<string> => field(placeholder, says, readPath)

/** A whole number that is not negative. */
export const integer = (placeholder: string, says: string): Optional<number> => field(placeholder, says, readInteger)

/** Several words: separated by commas, or a JSON array. */
export const words = (placeholder: string, says: string): Optional<string[]> => field(placeholder, says, readWords)

/** Given once for each value; in a batch line a JSON array, or one value. */
export const list = (placeholder: string, says: string): Optional<string[]> => ({
  ...field(placeholder, says, readList),
  isRepeated: true,
})

/** As `list`, of files. */
export const paths = (placeholder: string, says: string): Optional<string[]> => ({
  ...list(placeholder, says),
  read: (given, name) => readList(given, name).map((one) => readPath(one, name)),
})

export const flag = (says: string): Field<boolean> => ({
  ...field("", says, readFlag),
  isFlag: true,
  absent: false,
  read: readFlag,
})

export function required<Value>(optional: Optional<Value>): Field<Value> {
  // What is required is never absent: `takeFields` refuses first.
  return { ...optional, isRequired: true } as Field<Value>
}

export function argument<Value>(option: Field<Value>): Field<Value> {
  return { ...option, place: "argument" }
}

export function alsoSpelled<Value>(alias: string, option: Field<Value>): Field<Value> {
  return { ...option, alias }
}

/**
 * Checks everything a command was told.
 * @param spell - how a field is called where the command was given
 * @throws `USAGE` when something is missing, `INVALID_INPUT` when a value is of the wrong form or a field is not known
 */
export function takeFields<F extends Fields>(
  fields: F,
  given: Readonly<Record<string, unknown>>,
  spell: (name: string, field: Field) => string,
): ArgsOf<F> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(fields, name)) throw new VaultError("INVALID_INPUT", `${spellUnknown(name)}: is not known here`)
  }
  const taken: Record<string, unknown> = {}
  for (const [name, declared] of Object.entries(fields)) {
    const value = given[name]
    if (value === undefined && declared.isRequired) throw new VaultError("USAGE", `${spell(name, declared)} is missing`)
    taken[name] = value === undefined ? declared.absent : declared.read(value, spell(name, declared))
  }
  // Each field read its own value; the compiler can't follow a mapped type through the loop.
  return taken as ArgsOf<F>
}

/** A field's name is repeated only where it looks like one: anything else could be a value in the wrong place. */
function spellUnknown(name: string): string {
  return /^[A-Za-z][A-Za-z-]{0,39}$/.test(name) ? name : "args"
}

function field<Value>(
  placeholder: string,
  says: string,
  read: (given: unknown, name: string) => Value,
): Field<Value | undefined> {
  return {
    place: "option",
    isRequired: false,
    isFlag: false,
    isRepeated: false,
    placeholder,
    says,
    absent: undefined,
    read,
  }
}

function readText(given: unknown, name: string): string {
  if (typeof given !== "string") throw new VaultError("INVALID_INPUT", `${name}: is not text`)
  return given
}

/** Nothing would mean the folder where the program runs, a NUL would end the name, and half a character has no name. */
function readPath(given: unknown, name: string): string {
  const path = readText(given, name)
  if (path === "") throw new VaultError("INVALID_INPUT", `${name}: is empty`)
  if (path.includes("\0") || !path.isWellFormed()) {
    throw new VaultError("INVALID_INPUT", `${name}: is not the name of a file`)
  }
  return path
}

function readInteger(given: unknown, name: string): number {
  const number = typeof given === "string" && /^\d{1,15}$/.test(given) ? Number(given) : given
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) return number
  throw new VaultError("INVALID_INPUT", `${name}: is not a whole number`)
}

function readList(given: unknown, name: string): string[] {
  return (Array.isArray(given) ? given : [given]).map((one) => readText(one, name))
}

function readWords(given: unknown, name: string): string[] {
  return Array.isArray(given) ? readList(given, name) : readText(given, name).split(",")
}

function readFlag(given: unknown, name: string): boolean {
  if (typeof given !== "boolean") throw new VaultError("INVALID_INPUT", `${name}: is not true or false`)
  return given
}
