import { testConformance } from "./conformance.ts"
import { p11Kit } from "./p11-kit.ts"

testConformance(p11Kit)
