import { fileURLToPath } from "node:url"
import { RunningProgram } from "../support/running-program.ts"
import type { TestVault } from "../support/vaults.ts"

const place = (program: string) => fileURLToPath(new URL(`programs/${program}`, import.meta.url))

/** Another process that does something with a vault and keeps it open. @param wrapper - as of `RunningProgram` */
export function otherProcess(
  { folder }: TestVault,
  task: "change" | "unlock" | "create",
  wrapper: readonly string[] = [],
): RunningProgram {
  const settings = ["env", `CLAVIGER_TEST_FOLDER=${folder}`, `CLAVIGER_TEST_TASK=${task}`]
  return RunningProgram.start(place("use-vault.ts"), [...wrapper, ...settings])
}

/** Another process that opens a vault over and over, and says which rows of the log it wrote. */
export function oftenOpeningProcess({ folder }: TestVault, times: number): RunningProgram {
  const settings = ["env", `CLAVIGER_TEST_FOLDER=${folder}`, `CLAVIGER_TEST_TIMES=${times}`]
  return RunningProgram.start(place("open-often.ts"), settings)
}
