import { testConformance } from "./conformance.ts"
import { openSc } from "./opensc.ts"

testConformance(openSc)
