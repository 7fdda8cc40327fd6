import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { TestVault } from "../support/vaults.ts"
import { measureProgram, type ProgramCost } from "./measured-program.ts"

/** What `npx claviger` starts, on the Node.js that this runs on. */
export const claviger = [process.execPath, join(import.meta.dirname, "../../main/cli/claviger.mjs")]

/** Argon2id at the floor of the format, which is what the goals are set for. */
export const kdf = { memoryKiB: 65_536, passes: 3, lanes: 4 }

/** What is known of each key, and of each entry at the peer. */
export const description = {
  owner: "ann@payroll.example",
  environment:
    "used by the payroll service in its production environment, on the machines of the second data centre, for the " +
    "nightly transfer to the bank and the monthly statements; whoever renews it tells the operations team a week before, " +
    "and checks the transfer of the night after; the old one is kept until the auditors have signed the quarter, and at " +
    "the latest for ninety days",
  tags: ["quarterly"],
}

const vaultName = "test.claviger"

/** A vault in a folder of its own: measured as a person uses it, program by program, or its engine in this process. */
export class BenchVault {
  readonly folder: string
  readonly path: string

  private constructor(folder: string) {
    this.folder = folder
    this.path = join(folder, vaultName)
  }

  /** A new vault without keys. @param folder - to be made */
  static create(folder: string): BenchVault {
    mkdirSync(folder)
    writeFileSync(join(folder, "passphrase"), "correct horse battery staple\n")
    const vault = new BenchVault(folder)
    const costs = Object.entries(kdf).map(([name, value]) => `${name}=${value}`)
    vault.run(`vault create --kdf ${costs.join(",")}`)
    return vault
  }

  /** Runs one command line of it, the passphrase from a file. A string is cut at its spaces. */
  run(line: string, input?: string): ProgramCost {
    const words = ["--vault", this.path, "--passphrase-file", join(this.folder, "passphrase"), ...line.split(" ")]
    return measureProgram([...claviger, ...words], {
      environment: { CLAVIGER_CONFIG: join(this.folder, "config") },
      ...(input === undefined ? {} : { input }),
    })
  }

  /** Makes AES-256 keys by one batch, as `key-000001` and so on. @param more - what is known of each, beside its name */
  generate(count: number, more: object = {}): ProgramCost {
    const lines = join(this.folder, "lines.jsonl")
    const each = Array.from({ length: count }, (_, index) => {
      const name = `key-${String(index + 1).padStart(6, "0")}`
      const args = { name, algorithm: "aes-256", ...more }
      return `${JSON.stringify({ cmd: ["key", "generate"], args })}\n`
    })
    writeFileSync(lines, each.join(""))
    return this.run("batch - --commit-every 1000", lines)
  }

  /** Opens it in this process. */
  async open(): Promise<OpenedBenchVault> {
    const opened = new OpenedBenchVault(this.folder)
    await opened.unlock()
    return opened
  }
}

/** Closes the vault, and leaves it where it is. */
export class OpenedBenchVault extends TestVault {
  override [Symbol.dispose](): void {
    this.lock()
  }
}
