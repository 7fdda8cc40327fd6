import { spawnSync } from "node:child_process"
import { closeSync, openSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { temporaryFolder } from "../support/temporary-folder.ts"
import type { Cost } from "./cost.ts"

export interface ProgramCost extends Cost {
  readonly peakMiB: number
}

interface Surroundings {
  readonly environment?: NodeJS.ProcessEnv
  /** A file in place of standard input, which else is empty. */
  readonly input?: string
}

/** Runs a program to its end; what it says goes nowhere. @throws Error when it fails, with what it says of that */
export function measureProgram(command: readonly string[], { environment, input }: Surroundings = {}): ProgramCost {
  using folder = temporaryFolder()
  const result = join(folder.path, "result.json")
  const stdin = openSync(input ?? "/dev/null", "r")
  const { stderr } = spawnSync("python3", [join(import.meta.dirname, "measured.py"), result, ...command], {
    env: { ...process.env, ...environment },
    stdio: [stdin, "ignore", "pipe"],
    encoding: "utf8",
  })
  closeSync(stdin)
  const { status, ...cost }: ProgramCost & { status: number } = JSON.parse(readFileSync(result, "utf8"))
  if (status !== 0) throw new Error(`${command.join(" ")}: exit status ${status}: ${stderr}`)
  return cost
}
