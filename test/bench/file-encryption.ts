import { randomBytes } from "node:crypto"
import { closeSync, openSync, rmSync, writeSync } from "node:fs"
import { join } from "node:path"
import { ageKeygen } from "../interop/age-program.ts"
import { type Cost, sideBySide } from "./cost.ts"
import { type Figure, figureOf } from "./figure.ts"
import type { Lab } from "./lab.ts"
import { measureProgram, type ProgramCost } from "./measured-program.ts"

const mebibyte = 1024 * 1024

/** The goal's own bound, in MiB. */
const memoryLimit = 200

interface Files {
  readonly identity: string
  readonly recipient: string
  readonly plain: string
  readonly encrypted: string
}

/** P10: a large file encrypted and decrypted, each by a program of its own, beside the age program; and what memory that takes. */
export async function fileFigures(lab: Lab): Promise<Figure[]> {
  const vault = lab.newVault()
  const folder = lab.folder("files")
  const files = prepared(folder, lab.sizes.file)
  vault.run(`key import mail --in ${files.identity}`)
  const peaks: number[] = []
  const ours = (line: string) => () => {
    const cost = toNewFile(join(folder, "ours"), (output) => vault.run(`${line} --out ${output}`))
    peaks.push(cost.peakMiB)
    return cost
  }
  const { rounds } = lab.sizes
  const encrypt = ["-r", files.recipient, files.plain]
  const encryptOurs = ours(`file encrypt --in ${files.plain} --to ${files.recipient}`)
  const encrypting = await sideBySide(rounds, encryptOurs, () => age(folder, encrypt))
  const durably = await sideBySide(rounds, encryptOurs, () => durableAge(folder, encrypt))
  const decryptOurs = ours(`file decrypt --in ${files.encrypted}`)
  const decrypt = ["-d", "-i", files.identity, files.encrypted]
  const decrypting = await sideBySide(rounds, decryptOurs, () => age(folder, decrypt))
  const size = `${lab.sizes.file} MiB`
  return [
    figureOf({ work: `encrypt ${size}`, than: "age", goal: 1.3 }, encrypting),
    figureOf({ work: `encrypt ${size}`, than: "age, then durable as ours is", goal: null }, durably),
    figureOf({ work: `decrypt ${size}`, than: "age -d", goal: 1.3 }, decrypting),
    peakFigure(Math.max(...peaks)),
  ]
}

function peakFigure(ours: number): Figure {
  return { work: "peak memory of either", ours, than: "the limit", beside: memoryLimit, unit: "MiB", goal: 1 }
}

const outputOf = (folder: string): string => join(folder, "age's")

function age(folder: string, words: readonly string[]): ProgramCost {
  return toNewFile(outputOf(folder), (output) => measureProgram(["age", "-o", output, ...words]))
}

/** What is done is durable with us; age leaves that to whoever wants it. */
function durableAge(folder: string, words: readonly string[]): Cost {
  const [written, synced] = [age(folder, words), measureProgram(["sync", outputOf(folder)])]
  return { wallMs: written.wallMs + synced.wallMs, cpuMs: written.cpuMs + synced.cpuMs }
}

/** A file of random bytes, and the same encrypted by age. */
function prepared(folder: string, mebibytes: number): Files {
  const identity = join(folder, "identity")
  const recipient = ageKeygen(identity)
  const [plain, encrypted] = [join(folder, "plain"), join(folder, "encrypted")]
  const file = openSync(plain, "w")
  const block = randomBytes(mebibyte)
  for (let written = 0; written < mebibytes; written += 1) writeSync(file, block)
  closeSync(file)
  measureProgram(["age", "-r", recipient, "-o", encrypted, plain])
  return { identity, recipient, plain, encrypted }
}

function toNewFile(output: string, program: (output: string) => ProgramCost): ProgramCost {
  rmSync(output, { force: true })
  return program(output)
}
