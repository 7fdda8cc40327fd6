import { readFileSync, rmSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome } from "../support/run-claviger.ts"

let home: ClavigerHome

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  await home.done("key generate archive --algorithm aes-256 --purpose key-wrapping")
  await home.done("key datakey archive --register files --wrapped-only")
})

afterAll(() => home[Symbol.dispose]())

test("a key with data keys in the vault is not destroyed before somebody has done with them, nor alone by force", async () => {
  expect(await home.json("key destroy archive --reason ended")).toMatchObject({
    status: 5,
    document: { error: { code: "POLICY_DENIED", message: expect.stringContaining("1 data key of archive") } },
  })
  expect(await home.json("key destroy archive --reason ended --override")).toMatchObject({
    status: 5,
    document: { error: { code: "APPROVAL_REQUIRED" } },
  })
  expect(await home.json("key forget-datakey archive")).toMatchObject({ status: 2 })
  expect(await home.done("key forget-datakey archive --all")).toMatchObject({ forgotten: 1 })
})

test("who wants a key that waits is told so at once, and at every look at it", async () => {
  await home.done("key destroy archive --reason ended")
  expect(await home.json("key datakey archive")).toMatchObject({
    status: 5,
    document: { error: { message: expect.stringContaining("the log has an alert that it was wanted") } },
  })
  expect(await home.done("policy check")).toMatchObject({
    findings: [{ rule: "wanted-while-waiting", key: "archive" }],
  })
})

test("a certificate is written to be printed, and as signed JSON that names the backups, until those are destroyed", async () => {
  await home.done("vault backup one.clvbackup")
  await home.done("key destroy archive --now --yes --reason ended")
  await home.done("key certificate archive --format pdf --out archive.pdf")
  expect(readFileSync(home.file("archive.pdf"), "latin1")).toMatch(/^%PDF-/)
  const certificate = async () => {
    await home.done("key certificate archive --out archive.json --force")
    return JSON.parse(readFileSync(home.file("archive.json"), "utf8")).certificate
  }
  const path = home.file("one.clvbackup")
  expect(await certificate()).toMatchObject({ backups: [{ path }], destroyedBackups: [] })
  expect(await home.json("vault backup-destroyed one.clvbackup --reason shredded")).toMatchObject({ status: 5 })
  rmSync(path)
  await home.done("vault backup-destroyed one.clvbackup --reason shredded")
  expect(await certificate()).toMatchObject({ backups: [], destroyedBackups: [{ path, reason: "shredded" }] })
  expect(await home.done("vault backups")).toMatchObject({ backups: [{ file: "destroyed" }] })
})
