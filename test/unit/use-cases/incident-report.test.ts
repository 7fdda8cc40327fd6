import { PDFDocument } from "pdf-lib"
import { afterAll, beforeAll, expect, test } from "vitest"
import { TestVault, utf8 } from "../../support/vaults.ts"

let vault: TestVault

/** A name that would be a table, a link and a picture in Markdown, in letters that Helvetica does not have. */
const name = "ключ | [x](http://example.org) <img> 🔑"

beforeAll(async () => {
  vault = await TestVault.create({ at: Date.parse("2026-03-01T12:00:00.000Z"), actor: "ann" })
  await vault.generate(name, { owner: "bo", environment: "production" })
  await vault.ask("key.encrypt", { name, plaintext: utf8("salary") })
  await vault.ask("key.compromise", { name, reason: "laptop stolen", since: "2026-02-01" })
  for (const step of ["replace", "rewrap", "destroy"] as const) {
    await vault.ask("incident.step", { incident: name, step, state: "done", note: `${step}: by hand` })
  }
  await vault.ask("incident.close", { incident: name, rootCause: "the disk was not encrypted" })
})

afterAll(() => vault[Symbol.dispose]())

async function markdown(incident: string): Promise<string> {
  const { report } = await vault.ask("incident.report", { incident, format: "md" })
  return new TextDecoder().decode(report)
}

test("the report tells what happened when, by whom, and why", async () => {
  const report = await markdown(name)
  expect(report).toContain("the disk was not encrypted")
  expect(report).toContain("laptop stolen")
  expect(report).toContain("| replace | done | bo | 2026-03-02T12:00:00.000Z |")
  expect(report).toContain("| exposed | ciphertexts | ciphertexts | 1 |")
  for (const action of ["key.encrypt", "key.compromise", "incident.step", "incident.close"]) {
    expect(report).toMatch(new RegExp(`\\| \\d+ \\| 2026-03-01T12:00:00.000Z \\| ann \\| ${action} \\| done \\|`))
  }
})

test("a key's name is text in it, whatever it looks like", async () => {
  const report = await markdown(name)
  expect(report).toContain("ключ \\| \\[x\\](http://example.org) \\<img\\>")
  expect(report).not.toContain("<img>")
})

test("a rehearsal says so in its title, above and below", async () => {
  await vault.generate("drill")
  await vault.ask("key.compromise", { name: "drill", reason: "exercise", rehearse: true })
  const report = await markdown("drill")
  expect(report).toMatch(/^# REHEARSAL: /)
  expect(report.match(/REHEARSAL/g)?.length).toBeGreaterThanOrEqual(3)
  expect(report.trimEnd().endsWith("> **REHEARSAL**")).toBe(true)
})

test("the same is a PDF, with names that its fonts do not have", async () => {
  const { report } = await vault.ask("incident.report", { incident: name, format: "pdf" })
  const file = await PDFDocument.load(report)
  expect(file.getTitle()).toBe(`Incident report: compromise of ${name}`)
  expect(file.getPageCount()).toBe(2)
})

test("a report of many rows has many pages, and each row is on one", async () => {
  await vault.generate("busy")
  for (let use = 0; use < 120; use++) await vault.ask("key.encrypt", { name: "busy", plaintext: utf8("x") })
  await vault.ask("key.compromise", { name: "busy", reason: "x ".repeat(90), since: "2026-02-01" })
  const { report } = await vault.ask("incident.report", { incident: "busy", format: "pdf" })
  expect((await PDFDocument.load(report)).getPageCount()).toBeGreaterThan(4)
})

test("that a report was made is in the log", async () => {
  await markdown(name)
  const { rows } = await vault.ask("audit.list", { action: "incident.report", newest: true, limit: 1 })
  expect(rows).toMatchObject([{ target: name, outcome: "done", detail: { format: "md" } }])
})
