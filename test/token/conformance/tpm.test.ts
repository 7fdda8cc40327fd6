import { testConformance } from "./conformance.ts"
import { tpm } from "./tpm.ts"

testConformance(tpm)
