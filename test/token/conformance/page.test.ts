import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { jobs, type Traits, triedAlgorithms } from "./module-under-test.ts"
import { nss } from "./nss.ts"
import { opencryptoki } from "./opencryptoki.ts"
import { openSc } from "./opensc.ts"
import { p11Kit } from "./p11-kit.ts"
import { softHsm } from "./softhsm.ts"
import { tpm } from "./tpm.ts"
import { ykcs11 } from "./ykcs11.ts"

const page = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "tokens.md"), "utf8")
const modules = [softHsm, opencryptoki, nss, p11Kit, tpm, openSc, ykcs11]

test.for(modules.map(({ traits }) => traits))("docs/tokens.md has what was measured of $name", (traits) => {
  const cells = (line: string): string[] => line.split("|").map((cell) => cell.trim())
  const [row, jobsRow] = page.split("\n").filter((line) => line.startsWith(`| ${traits.name} `))
  expect(cells(row ?? "")).toEqual(["", ...rowOf(traits), ""])
  if (traits.makes.length > 0) expect(cells(jobsRow ?? "")).toEqual(["", traits.name, jobsOf(traits), ""])
})

function rowOf(traits: Traits): string[] {
  const { name, package: debian, library, pin, away } = traits
  return [
    name,
    `${debian.name} ${debian.version}`,
    library.cryptoki,
    keysOf(traits),
    `${pin.longest}`,
    pin.locksAfter === null ? "never" : `${pin.locksAfter}`,
    pin.afterOne,
    `\`${away.code}\`, ${away.isSeenAtOnce ? "at once" : "by the next process"}`,
  ]
}

function jobsOf({ does }: Traits): string {
  return does.length === jobs.length ? "all six" : does.join(", ")
}

function keysOf({ makes, has = [] }: Traits): string {
  const own = has.map(({ algorithm }) => algorithm).join(", ")
  if (makes.length === 0) return `none; uses its own: ${own}`
  const missing = triedAlgorithms.filter((algorithm) => !makes.includes(algorithm))
  return missing.length === 0 ? "all" : makes.join(", ")
}
