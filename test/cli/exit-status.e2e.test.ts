import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type FailureCode, failures } from "../../preload/contract/failure.ts"
import { ClavigerHome, generate } from "../support/run-claviger.ts"

let home: ClavigerHome

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  home.write("wrong", "not the passphrase\n")
  home.write("message", "message")
  home.write("empty", "")
  home.write("shares", "not a share\nnor this\n")
  const [generated] = await home.batch([generate("a"), { cmd: ["key", "suspend"], args: { name: "a", reason: "r" } }])
  expect(generated).toMatchObject({ ok: true })
})

afterAll(() => home[Symbol.dispose]())

const pass = "--passphrase-file passphrase"

test.for<[string, FailureCode]>([
  ["", "USAGE"],
  ["key", "USAGE"],
  ["key frobnicate", "USAGE"],
  ["key list --nope", "USAGE"],
  ["key generate b", "USAGE"],
  ["key list", "USAGE"],
  [`key destroy a --now --after 30d --reason r ${pass}`, "USAGE"],
  [`key export a --format raw --to age1xyz --plaintext --out f ${pass}`, "USAGE"],
  [`key export a --format raw --plaintext ${pass}`, "USAGE"],
  [`vault kdf ${pass}`, "USAGE"],
  ["vault passwd", "USAGE"],
  [`vault slot add ${pass}`, "USAGE"],
  [`key generate b --algorithm aes-512 ${pass}`, "INVALID_INPUT"],
  [`key rotate a --grace soon ${pass}`, "INVALID_INPUT"],
  [`key show a --passphrase-fd x`, "INVALID_INPUT"],
  ["key list --passphrase-file empty", "INVALID_INPUT"],
  ["key list --passphrase-fd 99", "INVALID_INPUT"],
  [`key decrypt a --in message ${pass}`, "INVALID_INPUT"],
  [`key import b --in message ${pass}`, "INVALID_INPUT"],
  ["batch --commit-every 0", "INVALID_INPUT"],
  ["key list --passphrase-file wrong", "WRONG_PASSPHRASE"],
  ["vault info --passphrase-file wrong", "WRONG_PASSPHRASE"],
  ["batch --passphrase-file wrong", "WRONG_PASSPHRASE"],
  ["vault recover --shares-file shares --new-passphrase-file wrong", "WRONG_SHARES"],
  ["vault info --vault nowhere.claviger", "NOT_FOUND"],
  [`key show b ${pass}`, "NOT_FOUND"],
  [`keyring rotate b ${pass}`, "NOT_FOUND"],
  [`key generate a --algorithm aes-256 ${pass}`, "ALREADY_EXISTS"],
  [`vault create ${pass}`, "ALREADY_EXISTS"],
  [`audit export message ${pass}`, "ALREADY_EXISTS"],
  [`key generate b --algorithm aes-256 --usages sign ${pass}`, "POLICY_DENIED"],
  [`key sign a --in message ${pass}`, "POLICY_DENIED"],
  [`vault kdf --set memoryKiB=1024,passes=1,lanes=1 ${pass}`, "POLICY_DENIED"],
  [`key encrypt a --in message ${pass}`, "STATE_DENIED"],
  [`key destroy a --now --reason r ${pass}`, "CONFIRMATION_REQUIRED"],
  ["key list --passphrase-file nowhere", "IO_ERROR"],
  ["key list --passphrase-file .", "IO_ERROR"],
  [`key mac a --in nowhere ${pass}`, "IO_ERROR"],
])("`%s` is %s, as one document", async ([line, code]) => {
  const { status, stdout } = await home.run([...wordsOf(line), "--json"])
  const { error, ...rest } = JSON.parse(stdout)
  expect({ status, error, rest }).toEqual({
    status: failures[code].exitStatus,
    error: { code, message: expect.any(String), hint: failures[code].hint },
    rest: {},
  })
})

test.for<[string, FailureCode]>([
  ["key", "USAGE"],
  ["key list --passphrase-file wrong", "WRONG_PASSPHRASE"],
  [`key show b ${pass}`, "NOT_FOUND"],
  [`key encrypt a --in message ${pass}`, "STATE_DENIED"],
])("`%s` is %s, as one line for a person", async ([line, code]) => {
  const { status, stdout, stderr } = await home.run(wordsOf(line))
  expect({ status, stdout }).toEqual({ status: failures[code].exitStatus, stdout: "" })
  const [told = "", ...others] = stderr.split("\n").filter((one) => !one.startsWith("claviger: failed attempts"))
  expect(told).toMatch(/^claviger: /)
  expect(told.endsWith(failures[code].hint)).toBe(true)
  expect(others).toEqual([""])
})

function wordsOf(line: string): string[] {
  return line.split(" ").filter((word) => word !== "")
}

test("no descriptor but one that was handed over gives a passphrase, and none hangs", async () => {
  // Standard input, output and errors, and the third, were handed over.
  for (let fd = 4; fd < 24; fd += 1) {
    const { status, stdout } = await home.run(["key", "list", "--json", "--passphrase-fd", String(fd)])
    expect({ fd, status, error: JSON.parse(stdout).error }).toMatchObject({
      status: 2,
      error: { code: "INVALID_INPUT" },
    })
  }
})

test.for([
  ["batch --commit-every 0", "--commit-every"],
  ["key list --passphrase-file empty", "--passphrase-file"],
  [`key generate b --algorithm aes-256 --rotate-every soon ${pass}`, "--rotate-every"],
] as const)("`%s` names %s as it was typed", async ([line, option]) => {
  const { stderr } = await home.run(line)
  expect(stderr).toContain(`: ${option}: `)
})

test("a locked vault is VAULT_LOCKED", async () => {
  const answers = await home.batch([{ cmd: ["vault", "lock"] }, { cmd: ["key", "list"] }])
  expect(answers).toMatchObject([{ result: { locked: true } }, { error: { code: "VAULT_LOCKED" } }])
})

test("a full disk is DISK_FULL, also where only the answer has no place", async () => {
  const { status, stderr } = await home.run(["vault", "info"], { stdout: "/dev/full" })
  expect({ status, stderr }).toEqual({ status: 8, stderr: expect.stringMatching(/^claviger: The disk is full/) })
})

test("a damaged vault is not trusted, and an older one only when a person says so", async () => {
  cpSync(home.vault, home.file("older"), { recursive: true })
  await home.done("key generate newer --algorithm aes-256")
  rmSync(home.vault, { recursive: true })
  cpSync(home.file("older"), home.vault, { recursive: true })
  expect(await home.json("key list")).toMatchObject({
    status: 7,
    document: { error: { code: "ROLLBACK_DETECTED" } },
  })
  expect((await home.json("key list --accept-rollback")).status).toBe(0)
  for (const name of ["vault.json", "vault.json.2"]) {
    const header = readFileSync(`${home.vault}/${name}`, "utf8")
    writeFileSync(`${home.vault}/${name}`, header.replace(/"version": 1,/, '"version": 99,'))
  }
  expect(await home.json("vault info")).toMatchObject({
    status: 7,
    document: { error: { code: "UNSUPPORTED_VERSION" } },
  })
  for (const name of ["vault.json", "vault.json.2"]) appendFileSync(`${home.vault}/${name}`, "}")
  expect(await home.json("vault info")).toMatchObject({ status: 7, document: { error: { code: "VAULT_CORRUPT" } } })
})
