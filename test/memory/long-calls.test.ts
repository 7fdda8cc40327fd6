import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { cannotScan, type Hit, scanProcess } from "../support/memory-scan.ts"
import { RunningProgram } from "../support/running-program.ts"
import { TestVault, utf8 } from "../support/vaults.ts"
import { piecesOf } from "./needle-pieces.ts"
import { secretsOf } from "./secrets-of-vault.ts"

/** Not words, which the text of a program may hold too. */
const vaultPassphrase = "zN5c-Hq7t_Wd2Yk9-Rf4X_Mp6V-Lb3j"

/** The texts in the vault only make it large: nobody reads them. */
const isOfVault = ({ bytes }: { readonly bytes: Uint8Array }): boolean => bytes.length < 1000

describe.skipIf(cannotScan !== null)(
  "a program that had a thread verify, copy, rekey and compact a large vault",
  () => {
    let vault: TestVault

    beforeEach(async () => {
      vault = await largeVault()
    }, 60_000)

    afterEach(() => vault[Symbol.dispose]())

    async function hitsAfterLock(when: "after" | "during"): Promise<{ outcome: unknown; hits: Hit[] }> {
      const replaced = await secretsOf(vault.path, [vaultPassphrase])
      const file = join(import.meta.dirname, "programs", "make-long-calls.ts")
      await using program = RunningProgram.start(file, ["env", `FOLDER=${vault.folder}`, `WHEN=${when}`])
      const outcome = await program.hear()
      const needles = [...replaced, ...(await secretsOf(vault.path, [vaultPassphrase]))].filter(isOfVault)
      return { outcome, hits: await scanProcess(program.pid, needles.flatMap(piecesOf)) }
    }

    test("holds no secret of it as soon as the vault is locked", { timeout: 240_000 }, async () => {
      expect(await hitsAfterLock("after")).toEqual({ outcome: "done", hits: [] })
    })

    test("holds none either when the vault was locked while the thread had it", { timeout: 240_000 }, async () => {
      expect(await hitsAfterLock("during")).toEqual({ outcome: "VAULT_LOCKED", hits: [] })
    })
  },
)

async function largeVault(): Promise<TestVault> {
  const vault = await TestVault.create()
  await vault.ask("vault.passwd", { newPassphrase: utf8(vaultPassphrase) })
  for (let number = 1; number <= 60; number += 1) {
    const file = utf8(`text ${number}`.repeat(8_000))
    await vault.ask("key.import", { name: `text ${number}`, file, format: "raw", algorithm: "secret" })
  }
  vault.lock()
  writeFileSync(join(vault.folder, "right"), vaultPassphrase)
  return vault
}
