import { testConformance } from "./conformance.ts"
import { nss } from "./nss.ts"

testConformance(nss)
