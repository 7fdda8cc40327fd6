import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { ClavigerHome } from "../support/run-claviger.ts"
import { type Answer, BatchSession } from "./batch-session.ts"
import { filesThatHold } from "./files-that-hold.ts"
import { fillVault, remark } from "./marked-vault.ts"
import { failingLines, mark } from "./provoked-errors.ts"

const root = join(import.meta.dirname, "..", "..")

const vaultLabel = "Gk5Lp2label"

/** The launcher that npm puts on the path; it keeps a cache of compiled code. */
const launcher = join(root, "main", "cli", "claviger.mjs")

describe("a vault with secrets in every place, after dozens of errors and a sudden death", () => {
  let home: ClavigerHome
  let shares: readonly string[]
  const answers: Answer[] = []

  beforeAll(async () => {
    home = new ClavigerHome()
    const passphraseFile = home.write("passphrase", `${mark}-passphrase\n`)
    const folders = { TMPDIR: home.folder("tmp"), XDG_CACHE_HOME: home.folder("cache") }
    const create = `vault create --kdf low-memory --label ${vaultLabel} --recovery 2of3`
    const { recoveryShares } = await home.done(create, { environment: folders })
    shares = z.array(z.string()).length(3).parse(recoveryShares)
    const session = { vault: home.vault, passphraseFile, environment: { ...home.environment, ...folders } }
    await using batch = BatchSession.start({ ...session, file: launcher, options: ["--debug"] })
    await fillVault(batch, home)
    for (const line of failingLines(home)) answers.push(await batch.answerToLine(line))
    for (const name of ["cmdline", "environ"]) home.write(name, readFileSync(`/proc/${batch.pid}/${name}`))
    await batch.kill("SIGKILL")
    const wrong = await home.run(["key", "list", "--debug", "--passphrase-file", "wrong passphrase"])
    home.write("output", batch.output + wrong.stdout + wrong.stderr)
  }, 120_000)

  afterAll(() => home[Symbol.dispose]())

  test("each of the errors has been told as what it is, none as a bug", () => {
    expect(answers.length).toBeGreaterThanOrEqual(40)
    expect(answers.filter((answer) => answer.ok)).toEqual([])
    expect(answers.map((answer) => !answer.ok && answer.error.code)).not.toContain("INTERNAL")
  })

  test("no error has repeated a secret, not even with --debug", () => {
    expect(readFileSync(home.file("output"), "utf8")).toContain("WRONG_PASSPHRASE")
    expect(filesThatHold([mark], [home.file("output")])).toEqual([])
  })

  test.skipIf(process.platform !== "linux")("neither the arguments nor the environment of the program hold one", () => {
    expect(readFileSync(home.file("cmdline"), "utf8")).toContain(launcher)
    expect(filesThatHold([mark], [home.file("cmdline"), home.file("environ")])).toEqual([])
  })

  test("no file of the vault, its backup, the settings, temporary folders or the program holds one", () => {
    const names = ["made.clvbackup", "exported", "config", "tmp", "cache", ".cache", ".local", ".config"]
    const ofProgram = ["dist/main", "native/build", "node_modules/.cache"].map((name) => join(root, name))
    const places = [home.vault, ...names.map((name) => home.file(name)), ...ofProgram]
    expect(filesThatHold([mark, ...shares], places)).toEqual([])
  })

  test("names, owners, tags, reasons and searches are in none either; the vault's label is in the headers", () => {
    const places = [home.vault, ...["made.clvbackup", "config", "tmp", "cache"].map((name) => home.file(name))]
    const headers = ["keys.claviger/vault.json", "keys.claviger/vault.json.2", "made.clvbackup"]
    expect(filesThatHold([remark], places)).toEqual([])
    const holding = filesThatHold([vaultLabel], places).map(({ file }) => file)
    expect(new Set(holding)).toEqual(new Set(headers.map((name) => home.file(name))))
  })

  test.for(["text", "bytes", "hex", "pem"])("the search finds a secret where it was put: %s", (name) => {
    expect(filesThatHold([mark], [home.file(name)])).not.toEqual([])
  })
})
