import type { ModuleUnderTest } from "./module-under-test.ts"
import { openCard, reasonAgainstCard } from "./virtual-card.ts"

const library = "libykcs11.so"

/** A key is made in a slot of the card that its id chooses, by who knows the management key: not by us. */
const refusal = /CKR_ATTRIBUTE_(TYPE|VALUE)_INVALID/

/** Yubico's, for the same card when its reader has the name of a YubiKey. */
export const ykcs11: ModuleUnderTest = {
  traits: {
    name: "YKCS11, PIV card",
    package: { name: "ykcs11", version: "2.2.0" },
    library: { manufacturer: "Yubico (www.yubico.com)", version: "2.20", cryptoki: "2.40" },
    isHardware: true,
    makes: [],
    refuses: {
      "rsa-2048": refusal,
      "ec-p256": refusal,
      "ec-p384": refusal,
      "ec-secp256k1": refusal,
    },
    signsNot: [],
    has: [
      { id: 1, algorithm: "rsa-2048", asksEachTime: false },
      { id: 2, algorithm: "ec-p256", asksEachTime: true },
      { id: 3, algorithm: "ec-p384", asksEachTime: false },
    ],
    does: [],
    tellsLocal: false,
    pin: { longest: 48, locksAfter: 3, afterOne: "count-low" },
    refusesSetUp: { code: "INVALID_INPUT", how: /^C_InitToken: CKR_PIN_INVALID/ },
    hangs: true,
    away: { code: "TOKEN_ERROR", how: /./, isSeenAtOnce: true, isMissed: true },
  },
  reasonAgainst: () => reasonAgainstCard(library),
  open: () =>
    openCard({ reader: "Yubico YubiKey OTP+FIDO+CCID", library, uri: "pkcs11:token=YubiKey%20PIV%20%2312345678" }),
}
