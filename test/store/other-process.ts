import { fileURLToPath } from "node:url"
import { RunningProgram } from "../support/running-program.ts"
import type { TestVault } from "../support/vaults.ts"

const program = fileURLToPath(new URL("programs/use-vault.ts", import.meta.url))

/** Another process that does something with a vault and keeps it open. @param wrapper - as of `RunningProgram` */
export function otherProcess(
  { folder }: TestVault,
  task: "change" | "unlock" | "create" | "unlock often",
  wrapper: readonly string[] = [],
): RunningProgram {
  const settings = ["env", `CLAVIGER_TEST_FOLDER=${folder}`, `CLAVIGER_TEST_TASK=${task}`]
  return RunningProgram.start(program, [...wrapper, ...settings])
}
