import { readFileSync } from "node:fs"

/** One question of Project Wycheproof; the byte fields of a file are those its tests name. */
export interface WycheproofCase {
  readonly tcId: number
  readonly comment: string
  readonly flags: readonly string[]
  readonly result: "valid" | "acceptable" | "invalid"
  readonly size: (field: string) => number
  /** A field that not every case has: `""` where it is missing. */
  readonly optionalText: (field: string) => string
  readonly bytes: (field: string) => Uint8Array
}

export interface WycheproofGroup {
  readonly text: (field: string) => string
  readonly size: (field: string) => number
  readonly bytes: (field: string) => Uint8Array
  readonly tests: readonly WycheproofCase[]
}

interface RawCase {
  readonly tcId: number
  readonly comment: string
  readonly flags: readonly string[]
  readonly result: WycheproofCase["result"]
}

type Fields = Readonly<Record<string, unknown>>

/** The groups of `test/vectors/wycheproof/NAME_test.json`. */
export function wycheproof(name: string): readonly WycheproofGroup[] {
  const file = new URL(`../vectors/wycheproof/${name}_test.json`, import.meta.url)
  const { testGroups }: { testGroups: (Fields & { tests: (Fields & RawCase)[] })[] } = JSON.parse(
    readFileSync(file, "utf8"),
  )
  return testGroups.map((group) => ({
    text: (field) => textOf(group, field),
    size: (field) => sizeOf(group, field),
    bytes: (field) => bytesOf(group, field),
    tests: group.tests.map((test) => ({
      tcId: test.tcId,
      comment: test.comment,
      flags: test.flags,
      result: test.result,
      size: (field) => sizeOf(test, field),
      optionalText: (field) => (field in test ? textOf(test, field) : ""),
      bytes: (field) => bytesOf(test, field),
    })),
  }))
}

/** How the cases of a file were answered: every `tcId` answered unlike its `result` says, and what the acceptable ones got. */
export interface Answers {
  readonly wrong: readonly number[]
  readonly acceptable: Readonly<Record<number, boolean>>
  readonly valid: number
  readonly invalid: number
}

/** Puts every case to `isAccepted`, one after the other. */
export async function answersTo(
  groups: readonly WycheproofGroup[],
  isAccepted: (test: WycheproofCase, group: WycheproofGroup) => Promise<boolean>,
): Promise<Answers> {
  const wrong: number[] = []
  const acceptable: Record<number, boolean> = {}
  const counts = { valid: 0, acceptable: 0, invalid: 0 }
  for (const group of groups) {
    for (const test of group.tests) {
      const answer = await isAccepted(test, group)
      counts[test.result]++
      if (test.result === "acceptable") acceptable[test.tcId] = answer
      else if (answer !== (test.result === "valid")) wrong.push(test.tcId)
    }
  }
  return { wrong, acceptable, valid: counts.valid, invalid: counts.invalid }
}

function textOf(fields: Fields, field: string): string {
  const value = fields[field]
  if (typeof value !== "string") throw new TypeError(`no text in the field ${field}`)
  return value
}

function sizeOf(fields: Fields, field: string): number {
  const value = fields[field]
  if (typeof value !== "number") throw new TypeError(`no number in the field ${field}`)
  return value
}

function bytesOf(fields: Fields, field: string): Uint8Array {
  return Buffer.from(textOf(fields, field), "hex")
}
