import type { ModuleUnderTest } from "./module-under-test.ts"
import { openCard, reasonAgainstCard } from "./virtual-card.ts"

const library = "opensc-pkcs11.so"

/** Cards of many kinds; here one with PIV, which OpenSC uses and does not fill. */
export const openSc: ModuleUnderTest = {
  traits: {
    name: "OpenSC, PIV card",
    package: { name: "opensc-pkcs11", version: "0.23.0" },
    library: { manufacturer: "OpenSC Project", version: "0.23", cryptoki: "2.20" },
    isHardware: true,
    makes: [],
    refuses: {},
    signsNot: [],
    has: [
      { id: 1, algorithm: "rsa-2048", asksEachTime: false },
      { id: 2, algorithm: "ec-p256", asksEachTime: true },
    ],
    does: [],
    tellsLocal: false,
    pin: { longest: 8, locksAfter: 3, afterOne: "set" },
    refusesSetUp: { code: "TOKEN_ERROR", how: /^C_InitToken: CKR_FUNCTION_NOT_SUPPORTED/ },
    hangs: true,
    away: { code: "TOKEN_ABSENT", how: /./, isSeenAtOnce: true, isMissed: true },
  },
  reasonAgainst: () => reasonAgainstCard(library),
  open: () => openCard({ reader: "Virtual PCD", library, uri: "pkcs11:token=piv-9a" }),
}
