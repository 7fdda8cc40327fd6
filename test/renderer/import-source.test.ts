import { expect, test } from "vitest"
import { NewKeyName } from "../../preload/contract/new-names.ts"
import { nameAfter } from "../../renderer/features/import/import-source.ts"

test.for([
  ["server.pem", "server"],
  ["evil\u202egnp.pem", "evilgnp"],
  ["two\nlines\u0007.key", "twolines"],
  [`${"🔑".repeat(240)}.pem`, "🔑".repeat(200)],
] as const)("the file %j becomes a key that the vault takes", ([file, name]) => {
  expect(nameAfter(file)).toBe(name)
  expect(NewKeyName.parse(nameAfter(file))).toBe(name)
})
