import { spawn } from "node:child_process"
import { generateKeyPairSync } from "node:crypto"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome, program } from "../support/run-claviger.ts"

const driver = join(import.meta.dirname, "..", "support", "on-a-terminal.py")

let home: ClavigerHome

beforeAll(async () => {
  home = await ClavigerHome.withVault()
})

afterAll(() => home[Symbol.dispose]())

interface Session {
  readonly status: number
  readonly seen: string
  readonly echo: boolean | null
}

/** Runs a command line on a terminal. Each step waits for a text, then types, or sends a signal. */
async function onTerminal(line: string, steps: readonly (readonly [string, string])[]): Promise<Session> {
  const child = spawn("python3", [driver], {
    cwd: home.file("."),
    env: home.environment,
    stdio: ["pipe", "pipe", "inherit"],
  })
  const chunks: Buffer[] = []
  child.stdout.on("data", (chunk) => chunks.push(chunk))
  child.stdin.end(JSON.stringify({ command: [process.execPath, program, ...line.split(" ")], steps }))
  await once(child, "close")
  return JSON.parse(Buffer.concat(chunks).toString("utf8"))
}

const passphrase = "correct horse battery staple"

test("the passphrase is asked for and not echoed; backspace and Ctrl-U correct it", async () => {
  const typed = `wrong\u0015${passphrase}ß\u007f\r`
  const { status, seen, echo } = await onTerminal("key list", [["Passphrase: ", typed]])
  expect(seen).not.toContain("correct")
  expect(seen).not.toContain("wrong")
  expect({ status, shown: seen.replaceAll("\r", "") }).toEqual({ status: 0, shown: "Passphrase: \n(none)\n" })
  expect(echo).not.toBe(false)
})

test("Ctrl-C at the question ends with 130 and gives the terminal back", async () => {
  const { status, seen, echo } = await onTerminal("key list", [["Passphrase: ", "half\u0003"]])
  expect({ status, seen: seen.replaceAll("\r", "") }).toEqual({ status: 130, seen: "Passphrase: \n" })
  expect(echo).not.toBe(false)
})

test.for([
  ["SIGTERM", -15],
  ["SIGQUIT", -3],
] as const)("%s at the question gives the terminal back", async ([signal, expected]) => {
  const { status, echo } = await onTerminal("key list", [["Passphrase: ", signal]])
  expect(status).toBe(expected)
  expect(echo).toBe(true)
})

test("a wrong passphrase says so", async () => {
  const { status, seen } = await onTerminal("key list", [["Passphrase: ", "nope\r"]])
  expect(status).toBe(3)
  expect(seen).toContain("claviger: That passphrase is wrong.")
})

test("a new passphrase is asked for twice, and must be the same", async () => {
  const differing = await onTerminal("vault create --vault new.claviger --kdf low-memory", [
    ["New passphrase: ", "one\r"],
    ["The same again: ", "two\r"],
  ])
  expect(differing.status).toBe(2)
  expect(differing.seen).toContain("the two passphrases differ")
  const same = await onTerminal("vault create --vault new.claviger --kdf low-memory", [
    ["New passphrase: ", "one\r"],
    ["The same again: ", "one\r"],
  ])
  expect(same).toMatchObject({ status: 0, seen: expect.stringContaining("vault id") })
})

test("two lines that come at once are two answers", async () => {
  const { status, seen } = await onTerminal("vault create --vault pasted.claviger --kdf low-memory", [
    ["New passphrase: ", "pasted at once\rpasted at once\r"],
  ])
  expect({ status, seen }).toEqual({ status: 0, seen: expect.stringContaining("vault id") })
})

test("what can't be undone is confirmed by typing the name", async () => {
  await home.done("key generate doomed --algorithm aes-256")
  const line = "key destroy doomed --now --reason test --passphrase-file passphrase"
  const spared = await onTerminal(line, [["Type the key's name: ", "doomde\n"]])
  expect(spared.status).toBe(5)
  expect(await home.done("key show doomed")).toMatchObject({ state: "active" })
  const destroyed = await onTerminal(line, [["Type the key's name: ", "doomed\n"]])
  expect(destroyed.status).toBe(0)
  expect(destroyed.seen.match(/No backups still hold it\./g)).toHaveLength(2)
  expect(await home.done("key show doomed")).toMatchObject({ state: "destroyed" })
})

test("before a key leaves in the clear its name and the passphrase are typed once more", async () => {
  await home.done("key generate leaving --algorithm aes-256 --exportable yes")
  const exporting = "key export leaving --format hex --plaintext --out"
  const answers = (again: string) =>
    [
      ["Passphrase: ", `${passphrase}\r`],
      ["Type the key's name: ", "leaving\n"],
      ["The passphrase again: ", `${again}\r`],
    ] as const
  expect(await onTerminal(`${exporting} refused`, answers("somebody else"))).toMatchObject({ status: 3 })
  expect(existsSync(home.file("refused"))).toBe(false)
  expect(await onTerminal(`${exporting} left`, answers(passphrase))).toMatchObject({ status: 0 })
  expect(existsSync(home.file("left"))).toBe(true)
})

test("before a seed's words show its name and the passphrase are typed once more", async () => {
  await home.done("seed generate savings")
  const { status, seen } = await onTerminal("seed reveal savings --out words", [
    ["Passphrase: ", `${passphrase}\r`],
    ["Type the seed's name: ", "savings\n"],
    ["The passphrase again: ", "somebody else\r"],
  ])
  expect({ status, seen }).toEqual({ status: 3, seen: expect.stringContaining("That passphrase is wrong") })
  expect(existsSync(home.file("words"))).toBe(false)
})

test("before a secret shows on a terminal there is a warning", async () => {
  await home.done("key generate kek --algorithm aes-256 --purpose key-wrapping")
  const { seen } = await onTerminal("key datakey kek --passphrase-file passphrase", [])
  expect(seen).toMatch(/^claviger: what follows is secret[^\n]*\n[\s\S]*plaintext +[A-Za-z0-9+/]{43}=/)
})

test("the passphrase of a key file that has one is asked for, and not of one that has none", async () => {
  const { privateKey } = generateKeyPairSync("ed25519")
  const [type, format, cipher] = ["pkcs8", "pem", "aes-256-cbc"] as const
  home.write("locked.pem", privateKey.export({ type, format, cipher, passphrase: "of the file" }))
  home.write("open.pem", generateKeyPairSync("ed25519").privateKey.export({ type, format }))
  const vaultPassphrase = ["Passphrase: ", `${passphrase}\r`] as const
  const filePassphrase = ["Passphrase of the file: ", "of the file\r"] as const
  const locked = await onTerminal("key import locked --in locked.pem", [vaultPassphrase, filePassphrase])
  expect(locked).toMatchObject({ status: 0 })
  expect(locked.seen).not.toContain("of the file\r")
  const open = await onTerminal("key import open --in open.pem", [vaultPassphrase])
  expect(open).toMatchObject({ status: 0 })
  expect(open.seen).not.toContain("Passphrase of the file")
})
