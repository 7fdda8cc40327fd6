import { join, sep } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { ClavigerHome, generate, program } from "../support/run-claviger.ts"
import { filesThatHold } from "./files-that-hold.ts"
import { canTrace, filesOpenedBy } from "./opened-files.ts"

/** Opens every key's owner of a thousand characters: what a page that was spilled would show. */
const label = "Yq7label-of-a-key-Zk2"
const secret = "Hv5secret-of-a-key-Jd8"

/** What SQLite sorts, copies or rebuilds for: none of it fits into its cache. */
function linesFor(home: ClavigerHome): object[] {
  const keys = Array.from({ length: 4000 }, (_, index) =>
    generate(`k${index}`, "aes-256", { owner: label.padEnd(1000, "o") }),
  )
  const file = home.write("imported", secret)
  return [
    ...keys,
    { cmd: ["key", "import"], args: { name: "imported", in: file, format: "raw", algorithm: "secret" } },
    { cmd: ["key", "list"], args: { limit: 100_000 } },
    { cmd: ["key", "list"], args: { query: label.slice(0, 5), limit: 100_000 } },
    { cmd: ["keyring", "rotate"], args: { name: "personal" } },
    { cmd: ["vault", "verify"], args: {} },
    { cmd: ["vault", "backup"], args: { out: home.file("made.clvbackup") } },
    { cmd: ["vault", "compact"], args: {} },
  ]
}

describe.skipIf(!canTrace)(
  "a batch that sorts, searches, imports, copies and rebuilds more than its cache holds",
  () => {
    let home: ClavigerHome
    let opened: string[]

    beforeAll(async () => {
      home = await ClavigerHome.withVault()
      const input = linesFor(home)
        .map((line) => `${JSON.stringify(line)}\n`)
        .join("")
      opened = filesOpenedBy([process.execPath, program, "--passphrase-file", home.passphraseFile, "batch", "--stop"], {
        log: home.file("trace"),
        folder: home.folder("work"),
        environment: { ...home.environment, TMPDIR: home.folder("tmp") },
        input,
      })
    }, 120_000)

    afterAll(() => home[Symbol.dispose]())

    test("opens files of the vault, of the settings and of the backup, and no other, for writing", () => {
      // Beside its place, a backup that is being made and proved has names of our own.
      const backups = [home.file("made.clvbackup"), home.file(".claviger-")]
      const places = [home.vault + sep, home.file("config") + sep, ...backups]
      expect(opened.filter((path) => !places.some((place) => path.startsWith(place)))).toEqual([])
      expect(opened).toContain(join(home.vault, "inventory.db-wal"))
    })

    test("leaves neither labels nor secrets of keys in any of them", () => {
      const places = ["config", "tmp", "work", "made.clvbackup"].map((name) => home.file(name))
      expect(filesThatHold([label, secret], [home.vault, ...places])).toEqual([])
    })

    test("the search finds the secret in the file that it was imported from", () => {
      expect(filesThatHold([secret], [home.file("imported")])).not.toEqual([])
    })
  },
)

test.skipIf(!canTrace)("a connection without our settings is caught spilling into a plain file", () => {
  using home = new ClavigerHome()
  const opened = filesOpenedBy([process.execPath, join(import.meta.dirname, "programs", "spill.ts"), home.file("db")], {
    log: home.file("trace"),
    folder: home.folder("work"),
    environment: { ...home.environment, TMPDIR: home.folder("tmp") },
  })
  expect(opened.filter((path) => path.includes("etilqs_"))).not.toEqual([])
})
