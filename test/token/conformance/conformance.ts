import { afterAll, beforeAll, describe } from "vitest"
import type { ModuleUnderTest } from "./module-under-test.ts"
import { Subject } from "./subject.ts"
import { testFailures } from "./test-failures.ts"
import { testHealth } from "./test-health.ts"
import { testJobs } from "./test-jobs.ts"
import { testKeyLife } from "./test-key-life.ts"
import { testKeys } from "./test-keys.ts"
import { testListing } from "./test-listing.ts"
import { testOwnKeys } from "./test-own-keys.ts"
import { testPins } from "./test-pins.ts"

/** A module's token, which is set up once for all tests. */
export type SubjectOf = () => Subject

/**
 * What Claviger does with a token, on a module of somebody else: what it can't do is refused, and the traits say so.
 * @param testMore - what this module alone shows
 */
export function testConformance(
  module: ModuleUnderTest,
  testMore: (subject: SubjectOf) => void = () => undefined,
): void {
  const { name } = module.traits
  const reason = module.reasonAgainst()
  describe.skipIf(reason !== null)(reason === null ? name : `${name}: not here, since ${reason}`, () => {
    let subject: Subject
    const get: SubjectOf = () => subject

    beforeAll(async () => {
      subject = await Subject.of(module)
    })
    afterAll(() => subject?.[Symbol.dispose]())

    testListing(get, module.traits)
    testKeys(get, module.traits)
    testOwnKeys(get, module.traits)
    testJobs(get, module.traits)
    testKeyLife(get, module.traits)
    testPins(get, module.traits)
    testMore(get)
    testFailures(get, module.traits)
    testHealth(get, module.traits)
  })
}
