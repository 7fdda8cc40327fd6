import { writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { choosePassphrase, VaultPassphrase } from "../../main/cli/vault-passphrase.ts"
import type { Secret } from "../../main/domain/secret.ts"
import { person } from "../support/contexts.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"

async function textOf(given: Promise<Secret>): Promise<string> {
  using secret = await given
  return Buffer.from(secret.bytes).toString()
}

test("a person is asked once, and once more where that is asked for", async () => {
  const { find, asked } = person("first", "second")
  using passphrase = new VaultPassphrase({}, find)
  const given = [await textOf(passphrase.copy()), await textOf(passphrase.copy()), await textOf(passphrase.again())]
  expect({ given, asked }).toEqual({
    given: ["first", "first", "second"],
    asked: ["Passphrase", "The passphrase again"],
  })
})

test("a file counts as given again", async () => {
  using folder = temporaryFolder()
  writeFileSync(folder.file("p"), "of the file\n")
  const { find, asked } = person()
  using passphrase = new VaultPassphrase({ file: folder.file("p") }, find)
  expect(await textOf(passphrase.again())).toBe("of the file")
  expect(asked).toEqual([])
})

test.for([
  ["a", true],
  ["elf zeichen", true],
  ["鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵", true],
  ["zwölf Zeichn", false],
] as const)("whoever chooses %j is warned: %s", async ([chosen, isWarned]) => {
  const notes: string[] = []
  const chooser = { findPrompter: person(chosen, chosen).find, note: (text: string) => notes.push(text) }
  expect(await textOf(choosePassphrase({}, "passphrase", chooser))).toBe(chosen)
  expect(notes.map((text) => text.includes("fewer than 12 characters"))).toEqual(isWarned ? [true] : [])
})
