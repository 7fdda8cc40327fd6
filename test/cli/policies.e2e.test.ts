import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome } from "../support/run-claviger.ts"

let home: ClavigerHome

beforeAll(async () => {
  home = new ClavigerHome()
  await home.done("vault create --kdf low-memory")
  await home.done("keyring create payroll")
})

afterAll(() => home[Symbol.dispose]())

test("a policy is set by the name of a built-in profile", async () => {
  expect(await home.done("keyring policy payroll --set nist-2030")).toMatchObject({
    keyring: "payroll",
    version: 1,
    stated: { profile: "nist-2030" },
    effective: { exportable: "wrapped", cryptoperiods: { encryption: "2y" } },
  })
})

test("a policy is set by a file on top of a profile, and refuses with status 5", async () => {
  home.write("policy.json", JSON.stringify({ profile: "nist-2030", required: ["owner"] }))
  expect(await home.done("keyring policy payroll --set policy.json")).toMatchObject({ version: 2 })
  expect(await home.json("key generate data --algorithm aes-256 --keyring payroll")).toMatchObject({
    status: 5,
    document: { error: { code: "POLICY_DENIED", message: expect.stringMatching(/owner-required: .*--owner WHO/) } },
  })
  await home.done("key generate data --algorithm aes-256 --keyring payroll --owner ann")
})

test("a policy file is refused where it says what no policy can, and the place is named", async () => {
  home.write("wrong.json", JSON.stringify({ exportable: "sometimes" }))
  expect(await home.json("keyring policy payroll --set wrong.json")).toMatchObject({
    status: 2,
    document: { error: { code: "INVALID_INPUT", message: expect.stringContaining("exportable") } },
  })
  home.write("none.json", "{")
  expect(await home.json("keyring policy payroll --set none.json")).toMatchObject({ status: 2 })
})

test("a profile that is misspelt is named with those that there are", async () => {
  expect(await home.json("keyring policy payroll --set cnsa")).toMatchObject({
    status: 2,
    document: { error: { code: "INVALID_INPUT", message: expect.stringContaining("personal, nist-2030, cnsa-2.0") } },
  })
})

test("policy check tells what to do about what was there before", async () => {
  await home.done("keyring policy payroll --set cnsa-2.0")
  await home.done("key generate old --algorithm aes-128")
  expect(await home.done("policy check --keyring personal --as cnsa-2.0")).toMatchObject({ counts: { error: 1 } })
  await home.done("keyring policy personal --set cnsa-2.0")
  const { findings } = await home.done("policy check --keyring personal")
  expect(findings).toMatchObject([
    { rule: "allowed-algorithm", severity: "error", key: "old", fix: expect.any(String) },
    { rule: "cryptoperiod", severity: "warning", key: "old", fix: expect.stringContaining("--rotate-every 2y") },
  ])
})
