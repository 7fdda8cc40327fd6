import { randomBytes } from "node:crypto"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { age, ageKeygen } from "../interop/age-program.ts"
import { ClavigerHome } from "../support/run-claviger.ts"

/** One vault: each test goes on where the one before ended. */
let home: ClavigerHome
let theirs: string
/** Over the size that a token takes. */
const content = randomBytes(3 * 1024 * 1024 + 5)
const read = (name: string) => readFileSync(home.file(name))

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  home.write("disk", content)
  theirs = ageKeygen(home.file("their-key"))
  await home.done("key generate archive --algorithm aes-256")
  await home.done("key generate mail --algorithm x25519 --purpose encryption")
})

afterAll(() => home[Symbol.dispose]())

test("a file is for others and for keys of the vault at once, and each of them opens it", async () => {
  const line = [
    "file",
    "encrypt",
    "--in",
    "disk",
    "--out",
    "disk.age",
    "--to",
    theirs,
    "--key",
    "archive",
    "--key",
    "mail",
  ]
  expect(await home.done(line)).toMatchObject({ keys: [{ name: "archive", keyVersion: 1 }, { name: "mail" }] })
  expect(statSync(home.file("disk.age")).mode & 0o777).toBe(0o600)
  age("-d", "-i", home.file("their-key"), "-o", home.file("theirs"), home.file("disk.age"))
  expect(read("theirs").equals(content)).toBe(true)
  for (const name of ["archive", "mail"]) {
    const opened = await home.done(["file", "decrypt", "--in", "disk.age", "--out", `by ${name}`, "--key", name])
    expect(opened).toMatchObject({ key: { name, keyVersion: 1 } })
    expect(read(`by ${name}`).equals(content)).toBe(true)
  }
})

test("what the age program encrypts for a key of the vault opens, by whichever version it was for", async () => {
  await home.done("key export mail --public --format age --out recipient")
  const recipient = read("recipient").toString().trim()
  age("-r", recipient, "-o", home.file("to mail"), home.file("disk"))
  await home.done("key rotate mail")
  const opened = await home.done(["file", "decrypt", "--in", "to mail", "--out", "opened"])
  expect(opened).toMatchObject({ key: { name: "mail", keyVersion: 1 } })
  expect(read("opened").equals(content)).toBe(true)
})

test("key encrypt makes a file of what is over a token's size, and key decrypt opens it", async () => {
  await home.done("key encrypt archive --in disk --out disk.large")
  await home.done("key rotate archive")
  expect(await home.done("key decrypt archive --in disk.large --out back")).toMatchObject({ key: { keyVersion: 1 } })
  expect(read("back").equals(content)).toBe(true)
})

test("a file under a passphrase opens with it, and with no other", async () => {
  home.write("file passphrase", "of the file\n")
  await home.done([
    "file",
    "encrypt",
    "--in",
    "disk",
    "--out",
    "locked",
    "--out-passphrase-file",
    "file passphrase",
    "--armor",
  ])
  expect(read("locked").toString("latin1", 0, 34)).toBe("-----BEGIN AGE ENCRYPTED FILE-----")
  expect(await home.json("file decrypt --in locked --out unlocked")).toMatchObject({
    document: { error: { code: "INVALID_INPUT", message: expect.stringContaining("--in-passphrase-file is needed") } },
  })
  const line = ["file", "decrypt", "--in", "locked", "--out", "unlocked", "--in-passphrase-file"]
  expect(await home.json([...line, home.passphraseFile])).toMatchObject({ status: 3 })
  await home.done([...line, "file passphrase"])
  expect(read("unlocked").equals(content)).toBe(true)
})

test("a file that was changed leaves nothing behind, nor does one for somebody else", async () => {
  const changed = read("disk.age")
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  home.write("changed", changed)
  expect(await home.json("file decrypt --in changed --out nothing")).toMatchObject({
    status: 7,
    document: { error: { code: "INTEGRITY_FAILED" } },
  })
  age("-r", theirs, "-o", home.file("to them"), home.file("disk"))
  const refused = async (...more: readonly string[]) => {
    const { document } = await home.json(["file", "decrypt", "--in", "to them", "--out", "nothing", ...more])
    return document["error"]
  }
  expect(await refused()).toMatchObject({
    code: "NOT_FOUND",
    message: "That is not here: a key that opens the file, which is encrypted for others",
  })
  expect(await refused("--key", "mail")).toMatchObject({ message: expect.stringMatching(/for others, not for mail$/) })
  expect(await refused("--in-passphrase-file", "file passphrase")).toMatchObject({
    message: expect.stringMatching(/the file is encrypted for keys, not with a passphrase$/),
  })
  expect(readdirSync(home.file(".")).filter((name) => name.includes("nothing"))).toEqual([])
})

test("a key that may not decrypt opens no file, and both are in the log", async () => {
  await home.done("key suspend archive --reason test")
  expect(await home.json("file decrypt --in disk.large --out refused")).toMatchObject({
    document: { error: { code: "STATE_DENIED" } },
  })
  const { rows } = await home.done("audit list --action file.decrypt")
  expect(rows).toMatchObject([
    { target: "archive", outcome: "done" },
    { target: "mail", outcome: "done", detail: { version: 1 } },
    { target: "mail", outcome: "done", detail: { version: 1 } },
    { target: "archive", outcome: "done", detail: { version: 1 } },
    { outcome: "denied" },
    { target: null, outcome: "done" },
    { outcome: "done" },
    { outcome: "denied" },
  ])
})

test("for nobody nothing is encrypted, and neither are pipes", async () => {
  expect(await home.json("file encrypt --in disk --out a")).toMatchObject({
    document: { error: { code: "INVALID_INPUT" } },
  })
  expect(await home.json("file encrypt --in - --out a --key mail")).toMatchObject({ status: 2 })
  expect(await home.json("file encrypt --in disk --out a --to age1xyz")).toMatchObject({ status: 2 })
})
