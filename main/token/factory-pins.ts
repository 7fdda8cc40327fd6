import { timingSafeEqual } from "node:crypto"
import type { PinKind } from "../domain/token-port.ts"

interface FactoryPin {
  readonly maker: string
  readonly kind: PinKind
  readonly pin: string
  /** Where the maker says so. */
  readonly source: string
}

/**
 * PINs that tokens come with, or that handbooks set them up with. They are compared with what a person has typed, once the token has
 * taken it; they are tried nowhere.
 */
export const factoryPins: readonly FactoryPin[] = [
  { maker: "YubiKey PIV", kind: "user", pin: "123456", source: "Yubico SDK, PivKeyStatus.Default" },
  {
    maker: "YubiKey PIV (management key)",
    kind: "so",
    pin: "010203040506070801020304050607080102030405060708",
    source: "yubico-piv-tool(1), --key; YKCS11 takes it as the SO PIN",
  },
  { maker: "YubiKey PIV (PUK)", kind: "so", pin: "12345678", source: "Yubico SDK, PivKeyStatus.Default" },
  { maker: "YubiHSM 2", kind: "user", pin: "0001password", source: "YubiHSM 2 user guide, default authentication key" },
  { maker: "SmartCard-HSM, Nitrokey HSM", kind: "user", pin: "648219", source: "OpenSC wiki, SmartCardHSM" },
  { maker: "SmartCard-HSM, Nitrokey HSM", kind: "so", pin: "3537363231383830", source: "OpenSC wiki, SmartCardHSM" },
  {
    maker: "OpenPGP card, Nitrokey",
    kind: "user",
    pin: "123456",
    source: "OpenPGP smart card application 3.4, section 4.2",
  },
  {
    maker: "OpenPGP card, Nitrokey",
    kind: "so",
    pin: "12345678",
    source: "OpenPGP smart card application 3.4, section 4.2",
  },
  { maker: "SafeNet eToken", kind: "user", pin: "1234567890", source: "SafeNet Authentication Client user's guide" },
  { maker: "SafeNet eToken", kind: "so", pin: "0".repeat(48), source: "DigiCert knowledge base, SafeNet eToken 5110" },
  { maker: "opencryptoki", kind: "user", pin: "12345678", source: "opencryptoki, README" },
  { maker: "opencryptoki", kind: "so", pin: "87654321", source: "opencryptoki, README" },
  { maker: "SoftHSM", kind: "user", pin: "1234", source: "usual in handbooks; SoftHSM itself has none" },
  { maker: "SoftHSM", kind: "so", pin: "5678", source: "usual in handbooks; SoftHSM itself has none" },
]

/** More than any PIN has; each is compared at this length, so that the time tells nothing. */
const width = 256

/** Whose PIN it was when it came; `null` when it is one that somebody has chosen. */
export function factoryPinOf(kind: PinKind, pin: Uint8Array): string | null {
  const typed = padded(pin)
  try {
    // All of them, whatever the first ones say.
    const found = factoryPins.filter((known) => isSame(typed, padded(Buffer.from(known.pin))) && known.kind === kind)
    return found.length === 0 ? null : found.map(({ maker }) => maker).join("; ")
  } finally {
    typed.fill(0)
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return timingSafeEqual(one, other)
}

/** With its length in front, so that trailing zeros are not forgiven. */
function padded(pin: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(new ArrayBuffer(width + 1))
  bytes[0] = pin.length
  bytes.set(pin.subarray(0, width), 1)
  return bytes
}
