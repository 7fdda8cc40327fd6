import { execFileSync } from "node:child_process"
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { SoftHsm } from "../soft-hsm.ts"

const root = join(import.meta.dirname, "..", "..", "..")
const headers = join(root, "node_modules", "pkcs11js", "includes", "pkcs11")

/** What has a folder for files of its own. */
type Place = Pick<SoftHsm, "file">

/** The library that misbehaves on demand, in front of a SoftHSM. */
export class HostileModule implements Disposable {
  readonly path: string
  readonly #faults: string

  constructor(place: Place) {
    this.path = place.file("hostile.so")
    this.#faults = place.file("faults")
    const source = join(import.meta.dirname, "hostile.c")
    execFileSync("gcc", ["-Wall", "-Werror", "-shared", "-fPIC", `-I${headers}`, "-o", this.path, source, "-ldl"])
    process.env["CLAVIGER_FAULTS"] = this.#faults
  }

  /** From now on, in processes that run already too. */
  fault(...lines: readonly string[]): void {
    writeFileSync(this.#faults, lines.map((line) => `${line}\n`).join(""))
  }

  behave(): void {
    rmSync(this.#faults, { force: true })
  }

  forgetTries(): void {
    rmSync(this.#log, { force: true })
  }

  /** The calls in which a PIN was sent. */
  get tries(): readonly string[] {
    return existsSync(this.#log) ? readFileSync(this.#log, "utf8").split("\n").filter(Boolean) : []
  }

  get #log(): string {
    return `${this.#faults}.log`
  }

  [Symbol.dispose](): void {
    delete process.env["CLAVIGER_FAULTS"]
  }
}
