import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { cannotTrace, type Run } from "../support/driven.ts"
import { type Scenario, scenarios } from "../support/scenarios.ts"
import { changingCalls, describeCall, type StorageCall } from "../support/storage-trace.ts"
import { eachOf, FaultLab, isLong, recover, selected } from "./fault-lab.ts"

/** A call that fails, and how: once, or it and all that follow until the program ends. */
interface Fault {
  readonly call: StorageCall
  readonly number: number
  readonly error: "ENOSPC" | "EIO"
  readonly forGood: boolean
}

type Measured = Awaited<ReturnType<FaultLab["measure"]>>

/** What does not take space can't lack it. */
const takesSpace = ["pwrite64", "write", "openat", "mkdir", "link", "rename", "fallocate"]

const codes = ["DISK_FULL", "IO_ERROR"]

// Skipped where programs can't be traced: only Linux has strace, and only root may trace a hardened process.
describe.skipIf(cannotTrace !== null)("a storage call that fails is a failure that a person can act on", () => {
  let lab: FaultLab
  beforeAll(async () => {
    lab = await FaultLab.open()
  })
  afterAll(() => lab[Symbol.dispose]())

  test.for(scenarios)("$name", { timeout: isLong ? 1_800_000 : 120_000 }, async (scenario) => {
    const measurement = await lab.measure(scenario)
    const { folder: measured, changes } = measurement
    const all = changes.flatMap((call, index) => faultsAt(call, index + 1))
    const faults = isLong ? all : selected(all, (fault) => describeFault(measured, fault), 10)
    const wrong: string[] = []
    await eachOf(faults, async (fault) => {
      const folder = lab.copy(scenario)
      const run = await lab.run(scenario, folder, injections(fault, measurement, folder), !fault.forGood)
      const where = `${describeFault(measured, fault)}, call ${fault.number} of ${changes.length}`
      if (process.env["FAULTS"])
        console.log(scenario.name, where, run.done, run.failed, run.isClosed, run.status, run.signal)
      const flaws = [...flawsOfRun(scenario, fault, run), ...(await recover(scenario, folder, run))]
      for (const flaw of flaws) wrong.push(`${where}: ${flaw}`)
    })
    console.log(`${scenario.name}: ${faults.length} faults in ${changes.length} storage calls`)
    expect(wrong).toEqual([])
  })
})

function faultsAt(call: StorageCall, number: number): Fault[] {
  const errors = takesSpace.includes(call.name) ? (["ENOSPC", "EIO"] as const) : (["EIO"] as const)
  return errors.flatMap((error) => [false, true].map((forGood) => ({ call, number, error, forGood })))
}

function describeFault(folder: string, { call, error, forGood }: Fault): string {
  return `${error}${forGood ? " for good" : ""} at ${describeCall(folder, call)}`
}

/**
 * Only calls that touch the vault's files are counted and fail: nothing else in the program is to break. strace counts
 * each kind of call by itself; from the moment on, each kind fails from its next call on.
 */
function injections(
  { call, number, error, forGood }: Fault,
  { folder: measured, run, changes }: Measured,
  folder: string,
): string[] {
  const paths = [...new Set(changes.flatMap((change) => change.paths))].filter((path) => path.startsWith(measured))
  const places = paths.flatMap((path) => ["-P", folder + path.slice(measured.length)])
  const counted = run.calls.filter((each) => each.paths.some((path) => paths.includes(path)))
  const ordinal = (wanted: StorageCall): number =>
    counted.filter(({ name }) => name === wanted.name).indexOf(wanted) + 1
  if (!forGood) return [...places, "-e", `inject=${call.name}:error=${error}:when=${ordinal(call)}`]
  const failing: readonly string[] = error === "EIO" ? changingCalls : takesSpace
  const next = new Map(
    changes
      .slice(number - 1)
      .reverse()
      .map((change) => [change.name, change]),
  )
  // Files must still open for reading; what is made fails when it is written to.
  next.delete("openat")
  const faults = [...next.values()].filter(({ name }) => failing.includes(name))
  return [...places, ...faults.flatMap((each) => ["-e", `inject=${each.name}:error=${error}:when=${ordinal(each)}+`])]
}

function flawsOfRun(scenario: Scenario, { forGood }: Fault, { done, failed, status, signal, stderr }: Run): string[] {
  const flaws = failed.filter((line) => !codes.some((code) => line.includes(`: ${code}`)))
  if (status !== 0) flaws.push(`the program ended with ${status ?? signal}: ${stderr}`)
  const undone = scenario.steps.filter(({ name }) => !done.includes(name)).map(({ name }) => name)
  if (!forGood && undone.length > 0) flaws.push(`${undone} did not work the second time either`)
  return flaws
}
