import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync, statSync } from "node:fs"
import { text } from "node:stream/consumers"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome, generate, program } from "../support/run-claviger.ts"

let home: ClavigerHome

beforeAll(async () => {
  home = await ClavigerHome.withVault()
})

afterAll(() => home[Symbol.dispose]())

const pass = "--passphrase-file passphrase"

/** Somebody who reads the first byte, and goes. */
async function readAByte(line: string): Promise<{ status: unknown; stderr: string }> {
  const options = { cwd: home.file("."), env: home.environment, detached: true }
  const child = spawn(process.execPath, [program, ...line.split(" ")], options)
  const ended = once(child, "exit")
  const stderr = text(child.stderr)
  await once(child.stdout, "data")
  child.stdout.destroy()
  const [status] = await ended
  return { status, stderr: await stderr }
}

test.for(["--version", "help", `key list ${pass}`, `key list --json ${pass}`, "key frobnicate --json"])(
  "`%s` says in one line that it can't say more",
  async (line) => {
    const { stderr } = await home.run(line, { stdout: "/dev/full" })
    expect(stderr).toMatch(/^claviger: [^\n]*\n$/)
  },
)

test("what is done stays done when the answers have no place, and nothing else is claimed", async () => {
  const input = `${JSON.stringify(generate("unheard"))}\n`
  const { status, stderr } = await home.run(`batch ${pass}`, { input, stdout: "/dev/full" })
  expect({ status, stderr }).toEqual({ status: 8, stderr: expect.stringContaining("what was done by then stays done") })
  expect(await home.done("key show unheard")).toMatchObject({ state: "active" })
})

test("no vault is made whose recovery shares have no place", async () => {
  const line = `vault create --vault mute.claviger --kdf low-memory --recovery 2of3 ${pass}`
  for (const options of ["", " --json"]) {
    const { status, stderr } = await home.run(`${line}${options}`, { stdout: "/dev/full" })
    expect({ status, stderr }).toEqual({ status: 8, stderr: expect.stringContaining("The disk is full") })
  }
  expect(existsSync(home.file("mute.claviger"))).toBe(false)
})

test("when recovery shares are lost on their way out, that is said, and what to do", async () => {
  const { status, stderr } = await readAByte(
    `vault create --vault lost.claviger --kdf low-memory --recovery 2of3 ${pass}`,
  )
  expect({ status, stderr }).toEqual({ status: 8, stderr: expect.stringContaining("nobody has the recovery shares") })
  expect(existsSync(home.file("lost.claviger/vault.json"))).toBe(true)
})

test("recovery shares go into a file instead of the answer, and open the vault from there", async () => {
  const created = await home.done(
    "vault create --vault filed.claviger --kdf low-memory --recovery 2of3 --shares-out shares",
  )
  expect(created).not.toHaveProperty("recoveryShares")
  expect(created).toMatchObject({ sharesOut: home.file("shares") })
  expect(statSync(home.file("shares")).mode & 0o777).toBe(0o600)
  expect(readFileSync(home.file("shares"), "utf8").trim().split("\n")).toHaveLength(3)
  const recover = "vault recover --vault filed.claviger --shares-file shares --new-passphrase-file passphrase"
  expect(await home.run(recover)).toMatchObject({ status: 0 })
  const input = readFileSync(home.file("shares"))
  expect(await home.run(recover.replace("shares-file shares", "shares-file -"), { input })).toMatchObject({ status: 0 })
  expect(
    await home.json("vault create --vault late.claviger --kdf low-memory --recovery 2of3 --shares-out shares"),
  ).toMatchObject({ status: 4, document: { error: { code: "ALREADY_EXISTS" } } })
  expect(existsSync(home.file("late.claviger"))).toBe(false)
})

test("a rekey and a new keyslot bring their shares into a file too", async () => {
  const slot = await home.done("vault slot add --recovery 2of3 --shares-out slot-shares")
  expect(slot).toMatchObject({ sharesOut: home.file("slot-shares"), slot: { kind: "recovery" } })
  const rekeyed = await home.done("vault rekey --yes --shares-out rekey-shares")
  expect(rekeyed).toMatchObject({ sharesOut: home.file("rekey-shares") })
  expect(readFileSync(home.file("rekey-shares"), "utf8").trim().split("\n")).toHaveLength(3)
})

test("the version is a document too", async () => {
  const { stdout } = await home.run("--version --json")
  expect(JSON.parse(stdout)).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
  expect((await home.run("-V")).stdout).toMatch(/^claviger \d/)
})

test("the log leaves by standard output, and is verified from standard input", async () => {
  const { status, stdout } = await home.run(`audit export - ${pass}`)
  expect(status).toBe(0)
  const verified = await home.run("audit verify - --json", { input: stdout })
  expect({ status: verified.status, ...JSON.parse(verified.stdout) }).toMatchObject({ status: 0, ok: true })
  const rows: number = JSON.parse(verified.stdout).rows
  expect(stdout.trimEnd().split("\n")).toHaveLength(rows + 1)
  const edited = await home.run("audit verify - --json", { input: stdout.replace("vault.create", "vault.crate") })
  expect({ status: edited.status, ...JSON.parse(edited.stdout) }).toMatchObject({ status: 7, ok: false, firstBad: 1 })
  const document = await home.done("audit export -")
  expect(document).toMatchObject({ exported: expect.stringContaining('"trailer"'), rows: expect.any(Number) })
})
