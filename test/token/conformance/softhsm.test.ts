import { testConformance } from "./conformance.ts"
import { softHsm } from "./softhsm.ts"

testConformance(softHsm)
