import { randomBytes } from "node:crypto"
import { readFileSync } from "node:fs"
import { compactDecrypt } from "jose"
import { afterAll, beforeAll, expect, test } from "vitest"
import { age, ageKeygen, ageOnTerminal, recipientOf } from "../interop/age-program.ts"
import { GpgHome } from "../interop/gpg-home.ts"
import { run } from "../interop/program.ts"
import { ClavigerHome } from "../support/run-claviger.ts"

/** One vault, whose keys leave as files that other programs open with this passphrase. */
let home: ClavigerHome
const secret = "of the file"
const text = (name: string): string => readFileSync(home.file(name), "utf8")

/** @returns the file's path */
async function exported(name: string, format: string, ...how: readonly string[]): Promise<string> {
  const out = `${name}.${format}`
  await home.done(["key", "export", name, "--format", format, "--out", out, "--force", ...how])
  return home.file(out)
}

const locked = (name: string, format: string): Promise<string> =>
  exported(name, format, "--out-passphrase-file", "file-passphrase")

async function spkiOf(name: string): Promise<string> {
  return readFileSync(await exported(name, "spki-pem", "--public"), "utf8")
}

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  home.write("file-passphrase", `${secret}\n`)
  await home.done("key generate web --algorithm ec-p256 --exportable wrapped")
  await home.done("key generate mail --algorithm x25519 --purpose encryption --exportable wrapped")
  await home.done("key generate data --algorithm aes-256 --exportable wrapped")
})

afterAll(() => home[Symbol.dispose]())

test("openssl opens what leaves as pkcs12", async () => {
  const file = await locked("web", "pkcs12")
  const pem = run("openssl", ["pkcs12", "-in", file, "-passin", `pass:${secret}`, "-nodes", "-nocerts"])
  expect(run("openssl", ["pkey", "-pubout"], pem).toString()).toBe(await spkiOf("web"))
})

test("the jose library opens what leaves as jwe", async () => {
  const file = readFileSync(await locked("web", "jwe"), "utf8").trim()
  const options = { keyManagementAlgorithms: ["PBES2-HS512+A256KW"], maxPBES2Count: 1_000_000 }
  const { plaintext } = await compactDecrypt(file, Buffer.from(secret), options)
  const { x, y } = JSON.parse(readFileSync(await exported("web", "jwk", "--public"), "utf8"))
  expect(JSON.parse(Buffer.from(plaintext).toString())).toMatchObject({ kty: "EC", crv: "P-256", x, y })
})

test("gpg opens what leaves as openpgp, and its fingerprint is the one that key show tells", async () => {
  using gpg = new GpgHome()
  const certificate = await exported("web", "openpgp", "--public")
  gpg.run(["--passphrase", secret, "--import", await locked("web", "openpgp")])
  const { fingerprints } = await home.done("key show web")
  expect(gpg.keys()).toEqual([{ fingerprint: Object(fingerprints).openpgp, isStub: false }])
  const signed = gpg.run(["--passphrase", secret, "--sign"], "a message")
  using other = new GpgHome()
  other.run(["--import", certificate])
  expect(other.said(["--verify"], signed)).toContain("Good signature")
})

test("a key of gpg's leaves as it came, with its subkeys and user ids", async () => {
  using gpg = new GpgHome()
  const fingerprint = gpg.generate("Ann <ann@example.org>", "ed25519", "sign,cert", secret)
  gpg.addSubkey(fingerprint, "cv25519", "encr", secret)
  home.write("gpg", gpg.run(["--passphrase", secret, "--export-secret-keys", fingerprint]))
  await home.done("key import gpg --in gpg --in-passphrase-file file-passphrase --exportable wrapped")
  const sealed = gpg.run(["--trust-model", "always", "-r", fingerprint, "--encrypt"], "for Ann")

  const answer = await home.done("key export gpg --format openpgp --out gpg.asc --out-passphrase-file file-passphrase")
  expect(answer).toMatchObject({ name: "gpg", subkeys: ["gpg-2"] })
  using other = new GpgHome()
  other.run(["--passphrase", secret, "--import", home.file("gpg.asc")])
  expect(other.keys()).toEqual(gpg.keys())
  expect(other.run(["--passphrase", secret, "--decrypt"], sealed).toString()).toBe("for Ann")
  const { rows } = await home.done("audit list --action key.export --key gpg-2")
  expect(rows).toMatchObject([{ target: "gpg-2", detail: { format: "openpgp", protection: "encrypted" } }])
})

test("of a subkey that may not leave, the file has only a stub", async () => {
  await home.done("key set gpg-2 --exportable never")
  const answer = await home.done("key export gpg --format openpgp --out stub.asc --out-passphrase-file file-passphrase")
  expect(answer).not.toHaveProperty("subkeys")
  expect(answer).toHaveProperty("warnings", [expect.stringMatching(/^a subkey stays behind: .*gpg-2/)])
  using gpg = new GpgHome()
  gpg.run(["--passphrase", secret, "--import", home.file("stub.asc")])
  expect(gpg.keys().map(({ isStub }) => isStub)).toEqual([false, true])
})

test("age opens files with the identity that leaves as age, and asks for its passphrase", async () => {
  const recipient = readFileSync(await exported("mail", "age", "--public"), "utf8").trim()
  const plain = home.write("plain", randomBytes(100))
  age("-r", recipient, "-o", home.file("to mail"), plain)
  const command = ["-d", "-i", await locked("mail", "age"), "-o", home.file("opened"), home.file("to mail")]
  expect(await ageOnTerminal(command, [["Enter passphrase", `${secret}\r`]])).toBe(0)
  expect(readFileSync(home.file("opened"))).toEqual(readFileSync(plain))
})

test.for([
  ["web", "pkcs8-pem"],
  ["data", "raw"],
  ["mail", "age"],
] as const)("%s leaves as %s for recipients, who open it with age", async ([name, format]) => {
  const [ann, bob] = [ageKeygen(home.file(`ann-${name}`)), ageKeygen(home.file(`bob-${name}`))]
  const file = await exported(name, format, "--to", ann, "--to", bob)
  for (const who of ["ann", "bob"]) {
    age("-d", "-i", home.file(`${who}-${name}`), "-o", home.file(`by-${who}`), file)
  }
  expect(text("by-ann")).toBe(text("by-bob"))
  if (format === "raw") expect(readFileSync(home.file("by-ann"))).toHaveLength(32)
  if (format === "pkcs8-pem") {
    expect(run("openssl", ["pkey", "-in", home.file("by-ann"), "-pubout"]).toString()).toBe(await spkiOf(name))
  }
  if (format === "age") {
    const recipient = readFileSync(await exported(name, "age", "--public"), "utf8").trim()
    expect(recipientOf(home.file("by-ann"))).toBe(recipient)
  }
})

test("what is never to leave does not leave for a recipient either, nor in a format that has a passphrase", async () => {
  const ann = ageKeygen(home.file("ann"))
  await home.done("key generate staying --algorithm aes-256")
  const to = ["--to", ann, "--out", "staying"]
  expect(await home.json(["key", "export", "staying", "--format", "raw", ...to])).toMatchObject({
    document: { error: { code: "POLICY_DENIED" } },
  })
  for (const format of ["pkcs12", "pkcs8-encrypted", "jwe", "spki-pem"]) {
    expect(await home.json(["key", "export", "web", "--format", format, ...to])).toMatchObject({ status: 2 })
  }
  const mistyped = ["--to", `${ann.slice(0, -1)}${ann.endsWith("q") ? "p" : "q"}`, "--out", "staying"]
  expect(await home.json(["key", "export", "web", "--format", "jwk", ...mistyped])).toMatchObject({ status: 2 })
})
