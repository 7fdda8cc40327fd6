import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { cannotTrace } from "../support/driven.ts"
import { scenarios } from "../support/scenarios.ts"
import { undurableReports } from "../support/undurable-reports.ts"
import { FaultLab } from "./fault-lab.ts"

// Skipped where programs can't be traced: only Linux has strace, and only root may trace a hardened process.
describe.skipIf(cannotTrace !== null)("nothing is reported as done before it is durable", () => {
  let lab: FaultLab
  beforeAll(async () => {
    lab = await FaultLab.open()
  })
  afterAll(() => lab[Symbol.dispose]())

  test.for(scenarios)("$name", async (scenario) => {
    const { folder, run } = await lab.measure(scenario)
    expect(run.done).toEqual(scenario.steps.map(({ name }) => name))
    expect(undurableReports(folder, run.calls)).toEqual([])
  })
})
