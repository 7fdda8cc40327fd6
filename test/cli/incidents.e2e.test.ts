import { readFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome } from "../support/run-claviger.ts"

let home: ClavigerHome

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  home.write("letter", "dear reader")
})

afterAll(() => home[Symbol.dispose]())

/** Words with spaces in them. */
const because = (line: string, reason: string) => [...line.split(" "), "--reason", reason]

test("a compromised key opens what it made only with a reason, and its answer names the key, the blast radius and the actions", async () => {
  await home.done("key generate archive --algorithm aes-256 --owner ann --environment production")
  await home.done("key encrypt archive --in letter --out letter.token")
  const made = await home.done(because("key compromise archive --since 2026-01-01", "laptop stolen"))
  expect(made).toMatchObject({
    rehearsal: false,
    key: { name: "archive", state: "compromised" },
    blastRadius: [{ kind: "ciphertexts", count: 1 }, { kind: "system", name: "production" }, { kind: "user" }],
    actions: [{ step: "contain", state: "done", owner: "ann" }, { step: "replace", state: "open" }, {}, {}, {}, {}],
  })
  expect(await home.json("key encrypt archive --in letter")).toMatchObject({ status: 5 })
  expect(await home.json("key decrypt archive --in letter.token")).toMatchObject({
    status: 5,
    document: { error: { code: "STATE_DENIED", message: expect.stringContaining("only with a reason") } },
  })
  await home.done(because("key decrypt archive --in letter.token --out opened", "to encrypt it anew"))
  expect(readFileSync(home.file("opened"), "utf8")).toBe("dear reader")
})

test("a step is settled, the incident is closed with its cause, and the report is a file", async () => {
  await home.done("key rotate archive")
  expect(await home.json("incident step archive replace")).toMatchObject({ status: 2 })
  await home.done("incident step archive replace --done")
  expect(await home.json("incident step archive rewrap --done")).toMatchObject({ status: 2 })
  await home.done([..."incident step archive rewrap --done --note".split(" "), "encrypted anew"])
  const early = await home.json(["incident", "close", "archive", "--root-cause", "no disk encryption"])
  expect(early).toMatchObject({ status: 5, document: { error: { message: expect.stringContaining("destroy") } } })
  await home.done("key destroy archive --version 1 --now --reason compromised --yes")
  await home.done("incident step archive destroy --done")
  await home.done(["incident", "close", "archive", "--root-cause", "no disk encryption"])
  expect(await home.done("incident list --open")).toEqual({ incidents: [] })
  await home.done("incident report archive --format pdf --out report.pdf")
  expect(readFileSync(home.file("report.pdf"), "latin1")).toMatch(/^%PDF-/)
  const { stdout } = await home.run(["--passphrase-file", home.passphraseFile, "incident", "report", "archive"])
  expect(stdout).toContain("no disk encryption")
})

test("a rehearsal says so to a person, and leaves the key as it was", async () => {
  await home.done("key generate drill --algorithm ed25519")
  const passphrase = ["--passphrase-file", home.passphraseFile]
  const begun = await home.run([...passphrase, ...because("key compromise drill --rehearse", "exercise")])
  expect(begun.stdout).toMatch(/^REHEARSAL[\s\S]*drill is active/)
  for (const line of ["incident show drill", "incident list"]) {
    expect((await home.run([...passphrase, ...line.split(" ")])).stdout).toContain("REHEARSAL")
  }
  expect(await home.done("key show drill")).toMatchObject({ state: "active" })
  expect(await home.json("key revocation drill --format openssh")).toMatchObject({ status: 5 })
})
