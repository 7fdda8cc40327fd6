import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { fileWork } from "../../main/cli/commands/file.ts"
import { type Delivery, deliver } from "../../main/cli/deliver.ts"
import { writeOutput } from "../../main/cli/output-file.ts"
import { makeWayForShares } from "../../main/cli/recovery-shares.ts"
import { contextWith } from "../support/contexts.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { vaultErrorOf } from "../support/vault-error-of.ts"

const content = Buffer.from("content")

test("the file is complete and nobody else's to read", () => {
  using folder = temporaryFolder()
  const path = writeOutput(folder.file("key.pem"), content, false)
  expect(path).toBe(folder.file("key.pem"))
  expect(readFileSync(path)).toEqual(content)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder.path)).toEqual(["key.pem"])
})

test("what is there stays, unless it is to be replaced", () => {
  using folder = temporaryFolder()
  writeFileSync(folder.file("a"), "before", { mode: 0o644 })
  expect(() => writeOutput(folder.file("a"), content, false)).toThrow(
    expect.objectContaining({ code: "ALREADY_EXISTS" }),
  )
  expect(readFileSync(folder.file("a"), "utf8")).toBe("before")
  writeOutput(folder.file("a"), content, true)
  expect(readFileSync(folder.file("a"))).toEqual(content)
  expect(statSync(folder.file("a")).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder.path)).toEqual(["a"])
})

test.for([true, false])("a link is not followed, also where it leads nowhere (force: %s)", (force) => {
  using folder = temporaryFolder()
  writeFileSync(folder.file("target"), "untouched")
  symlinkSync(folder.file("target"), folder.file("link"))
  symlinkSync(folder.file("nowhere"), folder.file("dangling"))
  for (const name of ["link", "dangling"]) {
    const write = () => writeOutput(folder.file(name), content, force)
    if (force) expect(readFileSync(write())).toEqual(content)
    else expect(write).toThrow(expect.objectContaining({ code: "ALREADY_EXISTS" }))
  }
  expect(readFileSync(folder.file("target"), "utf8")).toBe("untouched")
  expect(readdirSync(folder.path)).not.toContain("nowhere")
})

test("a folder or a device is never replaced", () => {
  using folder = temporaryFolder()
  mkdirSync(folder.file("folder"))
  for (const path of [folder.file("folder"), "/dev/null"]) {
    expect(() => writeOutput(path, content, true)).toThrow(expect.objectContaining({ code: "IO_ERROR" }))
  }
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true)
})

test("where it can't be written nothing is left behind", () => {
  using folder = temporaryFolder()
  expect(() => writeOutput(folder.file("missing/a"), content, false)).toThrow(
    expect.objectContaining({ code: "ENOENT" }),
  )
  expect(readdirSync(folder.path)).toEqual([])
})

test("nothing is delivered into the vault's own folder, however it is named", async () => {
  using folder = temporaryFolder()
  mkdirSync(folder.file("keys.claviger"))
  symlinkSync(folder.file("keys.claviger"), folder.file("link"))
  writeFileSync(folder.file("keys.claviger/inventory.db"), "precious")
  const context = contextWith({ vaultPath: folder.file("link") })
  const make = (): Promise<Delivery> => Promise.reject(new Error("work was done in vain"))
  for (const name of ["inventory.db", "new"]) {
    const out = folder.file(`keys.claviger/${name}`)
    await expect(deliver(context, { out, force: true }, make)).rejects.toMatchObject({ code: "INVALID_INPUT" })
    await expect(makeWayForShares(context, out)).rejects.toMatchObject({ code: "INVALID_INPUT" })
    const work = vaultErrorOf(() => fileWork(context, { in: folder.file("in"), out, force: true }))
    expect(work).toMatchObject({ code: "INVALID_INPUT", detail: `${out} lies in the vault's own folder` })
  }
  expect(readFileSync(folder.file("keys.claviger/inventory.db"), "utf8")).toBe("precious")
})
