import { randomBytes, randomUUID } from "node:crypto"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { description } from "./bench-vault.ts"
import { measureProgram, type ProgramCost } from "./measured-program.ts"

/**
 * KeePassXC's command line on a database of as many entries, opened by a key file. Its import sets AES-KDF with a million
 * rounds, some 30 ms: next to nothing of what is measured.
 */
export class KeePassXc {
  readonly #database: string
  readonly #keyFile: string
  #added = 0

  constructor(folder: string, entries: number) {
    this.#database = join(folder, "entries.kdbx")
    this.#keyFile = join(folder, "key")
    const xml = join(folder, "entries.xml")
    writeFileSync(this.#keyFile, randomBytes(64))
    writeFileSync(xml, document(entries))
    measureProgram(["keepassxc-cli", "import", "-q", "--set-key-file", this.#keyFile, xml, this.#database])
  }

  list(): ProgramCost {
    return this.#run("ls")
  }

  /** An entry with a new password. */
  add(): ProgramCost {
    this.#added += 1
    return this.#run("add", ["-g"], [`added-${this.#added}`])
  }

  #run(command: string, options: readonly string[] = [], words: readonly string[] = []): ProgramCost {
    const unlocking = ["-q", "--no-password", "-k", this.#keyFile]
    return measureProgram(["keepassxc-cli", command, ...unlocking, ...options, this.#database, ...words])
  }
}

/** KeePass 2's XML, with as much in an entry as in a key of `BenchVault`: its name, what is known of it, 32 random bytes. */
function document(entries: number): string {
  const { owner, environment, tags } = description
  const each = Array.from({ length: entries }, (_, index) => {
    const name = `key-${String(index + 1).padStart(6, "0")}`
    const secret = randomBytes(32).toString("base64")
    const fields = [
      ["Title", name],
      ["UserName", owner],
      ["Notes", environment],
      ["Password", secret],
    ] as const
    const texts = fields.map(([key, value]) => `<String><Key>${key}</Key><Value>${value}</Value></String>`)
    return `<Entry><UUID>${newUuid()}</UUID><Tags>${tags.join(";")}</Tags>${texts.join("")}</Entry>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?><KeePassFile><Meta><DatabaseName>bench</DatabaseName></Meta><Root><Group>
    <UUID>${newUuid()}</UUID><Name>Root</Name>${each.join("\n")}</Group></Root></KeePassFile>`
}

function newUuid(): string {
  return Buffer.from(randomUUID().replaceAll("-", ""), "hex").toString("base64")
}
