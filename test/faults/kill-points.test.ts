import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { cannotTrace } from "../support/driven.ts"
import { scenarios } from "../support/scenarios.ts"
import { describeCall } from "../support/storage-trace.ts"
import { eachOf, FaultLab, isLong, recover, selected } from "./fault-lab.ts"

// Skipped where programs can't be traced: only Linux has strace, and only root may trace a hardened process.
describe.skipIf(cannotTrace !== null)("a program killed at a storage call loses nothing that it reported", () => {
  let lab: FaultLab
  beforeAll(async () => {
    lab = await FaultLab.open()
  })
  afterAll(() => lab[Symbol.dispose]())

  test.for(scenarios)("$name", { timeout: isLong ? 1_800_000 : 120_000 }, async (scenario) => {
    const { folder: measured, changes } = await lab.measure(scenario)
    const numbered = changes.map((call, index) => ({ call, number: index + 1 }))
    const kind = ({ call }: { call: (typeof changes)[number] }) => describeCall(measured, call)
    const moments = isLong ? numbered : selected(numbered, kind, 9)
    const wrong: string[] = []
    let killed = 0
    await eachOf(moments, async ({ call, number }) => {
      const folder = lab.copy(scenario)
      const run = await lab.run(scenario, folder, ["-e", `inject=${call.name}:signal=SIGKILL:when=${call.ordinal}`])
      if (run.signal === "SIGKILL") killed += 1
      const last = run.calls.at(-1)
      const place = last === undefined ? "" : describeCall(folder, last)
      if (process.env["FAULTS"])
        console.log(scenario.name, number, changes.length, describeCall(measured, call), "|", place, run.done.length)
      const where = `killed before call ${number} of ${changes.length}, ${describeCall(measured, call)} (${place})`
      for (const flaw of await recover(scenario, folder, run)) wrong.push(`${where}: ${flaw}`)
    })
    console.log(`${scenario.name}: killed at ${killed} of ${changes.length} storage calls`)
    expect(wrong).toEqual([])
    // A call may be left out in one run or another, for example when keys sort differently; most are not.
    expect(killed).toBeGreaterThanOrEqual(Math.floor(moments.length * 0.8))
  })
})
