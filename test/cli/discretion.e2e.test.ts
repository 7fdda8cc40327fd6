import { readdirSync, readFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { printable } from "../../main/domain/printable.ts"
import { ClavigerHome, generate } from "../support/run-claviger.ts"

/** Stands for a secret that someone types, pipes or stores in the wrong place. */
const marker = "Sw0rdfish-MARKER-7f3a"

let home: ClavigerHome

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  await home.batch([generate("a"), generate("s", "ed25519", { exportable: "yes" })])
  home.write("marked", `${marker}\n`)
  home.write("marked.pem", `-----BEGIN PRIVATE KEY-----\n${marker}\n-----END PRIVATE KEY-----\n`)
  home.write("marked.jwk", `{"kty":"oct","k":"${marker}"`)
  home.write("marked.token", `claviger:1:${marker}`)
  home.write("long", marker.repeat(100))
})

afterAll(() => home[Symbol.dispose]())

const pass = ["--passphrase-file", "passphrase"]

test.for([
  ["key", "list", "--passphrase", marker],
  ["key", "list", `--passphrase=${marker}`],
  ["key", marker],
  [marker],
  ["key", "list", marker],
  ["key", "list", "--passphrase-fd", marker],
  ["key", "list", "--passphrase-file", "marked"],
  ["key", "list", "--passphrase-file", "long"],
  ["key", "generate", "b", "--algorithm", marker, ...pass],
  ["key", "generate", "b", "--algorithm", "aes-256", "--purpose", marker, ...pass],
  ["key", "generate", "b", "--algorithm", "aes-256", "--rotate-every", marker, ...pass],
  ["key", "import", "b", "--in", "marked", ...pass],
  ["key", "import", "b", "--in", "marked.pem", ...pass],
  ["key", "import", "b", "--in", "marked.jwk", ...pass],
  ["key", "import", "b", "--in", "marked.pem", "--format", marker, ...pass],
  ["key", "import", "b", "--in", "marked", "--algorithm", "aes-256", "--format", "hex", ...pass],
  ["key", "decrypt", "a", "--in", "marked.token", ...pass],
  ["key", "decrypt", "a", "--in", "marked", ...pass],
  ["key", "verify", "s", "--in", "marked", "--signature", "marked", "--mechanism", marker, ...pass],
  ["key", "export", "s", "--format", "pkcs8-encrypted", "--out-passphrase-file", "long", "--out", "x", ...pass],
  ["vault", "recover", "--shares-file", "marked", "--new-passphrase-file", "passphrase"],
  ["vault", "kdf", "--set", marker, ...pass],
  ["vault", "create", "--vault", "new.claviger", "--recovery", marker, ...pass],
  ["vault", "slot", "remove", marker, "--yes", ...pass],
  ["audit", "list", "--since", marker, ...pass],
])("%j fails without repeating what was given", async (words) => {
  const { status, stdout, stderr } = await home.run([...words, "--debug"])
  expect([2, 3, 4, 5, 7]).toContain(status)
  expect(stdout + stderr).not.toContain(marker)
})

test("a batch line does not repeat what was given either", async () => {
  const input = [
    marker,
    `{"cmd":["${marker}"]}`,
    `{"cmd":["key","list"],"args":{"${marker}":1}}`,
    `{"${marker}":1}`,
  ].join("\n")
  const { stdout, stderr } = await home.run(["batch", "--debug", ...pass], { input })
  expect(stdout.trim().split("\n")).toHaveLength(4)
  expect(stdout + stderr).not.toContain(marker)
})

test("a name that attacks the terminal is kept as it is and shown inert", async () => {
  const names = [
    "zero\u200bwidth",
    "<img src=x onerror=alert(1)>",
    "'; DROP TABLE keys; --",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
  ]
  const answers = await home.batch(names.map((name) => generate(name)))
  expect(answers.map(({ result }) => result?.["name"])).toEqual(names)
  const { stdout } = await home.run(["key", "list", ...pass])
  expect(stdout.split("\n").map(printable).join("\n")).toBe(stdout)
  expect(stdout.split("\n")).toHaveLength(names.length + 4)
  for (const name of names) expect((await home.json(["key", "show", "--", name])).document).toMatchObject({ name })
})

test("a name that would not be shown as it is is refused, with the reason and without the name", async () => {
  for (const name of ["\u001b[2J\u001b]0;pwned\u0007", "a\u202egnp.exe", "new\nline", " payroll"]) {
    const [answer] = await home.batch([generate(name)])
    expect(answer?.error).toMatchObject({ code: "INVALID_INPUT" })
    expect(answer?.error?.message).toMatch(/: name: (holds|begins)/)
    expect(answer?.error?.message).not.toContain(name)
  }
})

test("a name that can't be one is refused", async () => {
  const answers = await home.batch(
    ["", "  ", "\u0000", "x".repeat(201), "\ud800", "x".repeat(1_000_000)].map((name) => generate(name)),
  )
  expect(answers.map(({ error }) => error?.code)).toEqual(Array.from({ length: 6 }, () => "INVALID_INPUT"))
})

test("nothing is left behind by what failed", () => {
  expect(readdirSync(home.file("."))).not.toContain("x")
  expect(readdirSync(home.file(".")).filter((name) => name.includes(".part"))).toEqual([])
  expect(readFileSync(home.file("marked"), "utf8")).toBe(`${marker}\n`)
})
