import { execFileSync } from "node:child_process"
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome, program } from "../support/run-claviger.ts"

/** A home folder as people have it: keys of ssh-keygen and of gpg, all with a passphrase. */
let home: ClavigerHome
const secret = "of the old keys"
let environment: NodeJS.ProcessEnv = {}

const readme = readFileSync(join(import.meta.dirname, "..", "..", "README.md"), "utf8")
/** The lines that README shows under "Moving in", as they stand. */
const lines = /### Moving in\n.*?\n```\n(.*?)\n```\n/s.exec(readme)?.[1] ?? ""

function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { env: environment, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
}

/** gpg asks nobody: its passphrase is in a file. */
function prepareGpg(folder: string): void {
  mkdirSync(folder, { mode: 0o700 })
  const passphraseFile = home.write("gpg-passphrase", `${secret}\n`)
  writeFileSync(join(folder, "gpg.conf"), `batch\npinentry-mode loopback\npassphrase-file ${passphraseFile}\n`)
  run("gpg", "--quick-gen-key", "You <you@example.org>", "ed25519", "sign,cert", "0")
  const [, fingerprint = ""] = /^fpr:+([0-9A-F]+):/m.exec(run("gpg", "--with-colons", "--list-keys")) ?? []
  run("gpg", "--quick-add-key", fingerprint, "cv25519", "encr", "0")
}

/** The alias of README as a program that asks nobody for the passphrases. */
function prepareClaviger(folder: string): void {
  mkdirSync(folder)
  const filePassphrase = home.write("file-passphrase", `${secret}\n`)
  const options = `--passphrase-file '${home.passphraseFile}' --in-passphrase-file '${filePassphrase}' --json`
  const script = `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@" ${options}\n`
  writeFileSync(join(folder, "claviger"), script)
  chmodSync(join(folder, "claviger"), 0o755)
}

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  const bin = home.file("bin")
  const { environment: usual } = home
  environment = { ...usual, PATH: `${bin}:${usual["PATH"]}`, LC_ALL: "C.UTF-8" }
  prepareClaviger(bin)
  mkdirSync(home.file(".ssh"), { mode: 0o700 })
  for (const [type, name] of [
    ["ed25519", "id_ed25519"],
    ["rsa", "id_rsa"],
    ["ecdsa", "work laptop"],
  ] as const) {
    run("ssh-keygen", "-q", "-t", type, "-N", secret, "-C", `ann@${name}`, "-f", home.file(`.ssh/${name}`))
  }
  prepareGpg(home.file(".gnupg"))
})

afterAll(() => {
  run("gpgconf", "--kill", "all")
  home[Symbol.dispose]()
})

test("README's lines move a home folder's SSH keys and GPG keys in", async () => {
  expect(lines.split("\n")).toHaveLength(4)
  run("bash", "-euo", "pipefail", "-c", lines)
  const { keys } = await home.done("key list")
  expect(keys).toMatchObject([
    { name: "gpg", algorithm: "ed25519", purpose: "signature" },
    { name: "gpg-2", algorithm: "x25519", purpose: "key-agreement" },
    { name: "id_ed25519", algorithm: "ed25519", purpose: "ssh" },
    { name: "id_rsa", algorithm: "rsa-3072", purpose: "ssh" },
    { name: "work laptop", algorithm: "ec-p256", purpose: "ssh" },
  ])
})

test("each has the fingerprint that its own program prints", async () => {
  for (const name of ["id_ed25519", "id_rsa", "work laptop"]) {
    const { fingerprints } = await home.done(["key", "show", name])
    expect(run("ssh-keygen", "-l", "-f", home.file(`.ssh/${name}.pub`))).toContain(` ${Object(fingerprints).openssh} `)
  }
  for (const name of ["gpg", "gpg-2"]) {
    const { fingerprints } = await home.done(["key", "show", name])
    expect(run("gpg", "--with-colons", "--list-keys")).toContain(`:${Object(fingerprints).openpgp}:`)
  }
})

test("what is moved in a second time is said to be here already, to people on standard error", async () => {
  const again = ["key", "import", "again", "--in", ".ssh/id_rsa", "--in-passphrase-file", "file-passphrase"]
  const { status, stdout, stderr } = await home.run([...again, "--passphrase-file", "passphrase"])
  expect({ status, stderr }).toEqual({ status: 0, stderr: "claviger: the same key is here already, named id_rsa\n" })
  expect(stdout).toContain("again")
  expect(stdout).not.toContain("already")
})
