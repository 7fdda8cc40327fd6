import { testConformance } from "./conformance.ts"
import { ykcs11 } from "./ykcs11.ts"

testConformance(ykcs11)
