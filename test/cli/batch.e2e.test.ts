import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome, generate, program } from "../support/run-claviger.ts"

let home: ClavigerHome

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  home.write("message", "message")
})

afterAll(() => home[Symbol.dispose]())

test("every line is answered, in order, and a failing one stops nothing", async () => {
  const input = [
    JSON.stringify(generate("one")),
    JSON.stringify(generate("one")),
    "{not json",
    "",
    '{"cmd":["key","frobnicate"]}',
    '{"cmd":["key","generate"],"args":{"name":"x","algorithm":"aes-256","nope":1}}',
    '{"cmd":["batch"]}',
    '{"cmd":"key list"}',
    '{"cmd":["key","show"],"args":{"name":"one"},"more":1}',
    '{"cmd":["key","show"],"args":{"name":"one"}}',
  ].join("\n")
  const { status, stdout, stderr } = await home.run("batch --passphrase-file passphrase", { input })
  const answers = stdout.split("\n").map((line) => (line === "" ? null : JSON.parse(line)))
  const failed = (code: string, text: string) => ({
    ok: false,
    error: { code, message: expect.stringContaining(text) },
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" })
  expect(answers).toMatchObject([
    { ok: true, result: { name: "one" } },
    failed("ALREADY_EXISTS", "one"),
    failed("INVALID_INPUT", "line 3"),
    failed("USAGE", "line 5"),
    failed("INVALID_INPUT", "nope"),
    failed("USAGE", "a batch can't hold a batch"),
    failed("INVALID_INPUT", "line 8: cmd"),
    failed("INVALID_INPUT", "line 9"),
    { ok: true, result: { name: "one", relations: [] } },
    null,
  ])
})

test("what is answered is there, a thousand keys as well as one", async () => {
  const answers = await home.batch(Array.from({ length: 1200 }, (_, index) => generate(`many-${index}`)))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1200)
  const list = await home.done("key list --query many --limit 2000")
  expect(list["keys"]).toHaveLength(1200)
})

test("--stop ends at the first failure with its exit status; what came before is done", async () => {
  home.write(
    "lines",
    [generate("first"), generate("first"), generate("second")].map((one) => JSON.stringify(one)).join("\n"),
  )
  const { status, stdout } = await home.run("batch lines --stop --passphrase-file passphrase")
  expect({ status, lines: stdout.trim().split("\n").length }).toEqual({ status: 4, lines: 2 })
  expect(await home.done("key list --query first")).toMatchObject({ keys: [{ name: "first" }] })
  expect(await home.done("key list --query second")).toEqual({ keys: [] })
})

test("commands of every kind work in it, grouped or not", async () => {
  for (const options of [[], ["--commit-every", "50"]]) {
    const key = `k${options.length}`
    const answers = await home.batch(
      [
        generate(key, "ed25519", { tag: ["x"], usages: "sign,verify" }),
        { cmd: ["key", "sign"], args: { name: key, in: "message", version: 1 } },
        { cmd: ["key", "rotate"], args: { name: key, reason: "r" } },
        { cmd: ["key", "set"], args: { name: key, owner: "me" } },
        { cmd: ["keyring", "rotate"], args: { name: "personal" } },
        { cmd: ["key", "trim"], args: { name: key, below: 2 } },
        { cmd: ["key", "trim"], args: { name: key, below: 2, yes: true } },
        { cmd: ["vault", "kdf"], args: { calibrate: true, passphraseFile: "nowhere" } },
        { cmd: ["key", "decrypt"], args: { name: key, in: "-" } },
        { cmd: ["key", "list"], args: { limit: 1, vault: "elsewhere.claviger" } },
        { cmd: ["vault", "verify"] },
      ],
      ...options,
    )
    expect(answers.map(({ ok, error }) => (ok ? "ok" : error?.code))).toEqual([
      ...[
        "ok",
        "ok",
        "ok",
        "ok",
        "ok",
        "CONFIRMATION_REQUIRED",
        "ok",
        "IO_ERROR",
        "INVALID_INPUT",
        "INVALID_INPUT",
        "ok",
      ],
    ])
  }
})

test("a batch may begin by making its vault", async () => {
  const lines = [{ cmd: ["vault", "create"], args: { kdf: "low-memory" } }, generate("a"), { cmd: ["vault", "info"] }]
  const answers = await home.batch(lines, "--vault", home.file("made.claviger"))
  expect(answers).toMatchObject([{ ok: true }, { ok: true }, { ok: true, result: { counts: { keys: 1 } } }])
})

test("whoever waits for each answer gets it, while another program finds the vault busy", async () => {
  const words = [program, "batch", "--passphrase-file", home.passphraseFile]
  const child = spawn(process.execPath, words, { env: home.environment, stdio: ["pipe", "pipe", "inherit"] })
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]()
  for (const name of ["w1", "w2", "w3"]) {
    child.stdin.write(`${JSON.stringify(generate(name))}\n`)
    expect(JSON.parse(String((await answers.next()).value))).toMatchObject({ ok: true, result: { name } })
  }
  expect(await home.json("key list --wait 0")).toMatchObject({ status: 8, document: { error: { code: "VAULT_BUSY" } } })
  child.kill("SIGTERM")
  expect(await once(child, "exit")).toEqual([null, "SIGTERM"])
  expect(await home.done("key list --query w3")).toMatchObject({ keys: [{ name: "w3" }] })
})

test("whoever finds the vault busy waits for a while", async () => {
  const words = [program, "batch", "--passphrase-file", home.passphraseFile]
  const child = spawn(process.execPath, words, { env: home.environment, stdio: ["pipe", "pipe", "inherit"] })
  child.stdin.write(`${JSON.stringify(generate("meanwhile"))}\n`)
  await once(child.stdout, "data")
  const waiting = home.done("key list --query meanwhile --wait 60")
  child.stdin.end()
  expect(await waiting).toMatchObject({ keys: [{ name: "meanwhile" }] })
})

test("a passphrase and its lines may come through one pipe, and no passphrase comes from anywhere else", async () => {
  const input = `correct horse battery staple\n${JSON.stringify({ cmd: ["key", "list"], args: { limit: 1 } })}\n`
  const piped = await home.run("batch --passphrase-fd 0", { input })
  expect(JSON.parse(piped.stdout)).toMatchObject({ ok: true, result: { keys: [{}] } })
  const third = await home.run("key list --limit 1 --json --passphrase-fd 3", {
    third: "correct horse battery staple\n",
  })
  expect(third.status).toBe(0)
})
