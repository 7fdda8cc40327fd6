import type { UsbKind } from "../../preload/contract/usb-device.ts"
import { type TokenLibrary, tokenLibraries } from "../domain/token-libraries.ts"

export interface KnownDevice {
  /** `vendor:product`; `*` for all products of a vendor. */
  readonly ids: readonly string[]
  readonly name: string
  readonly kind: UsbKind
  /** One of them is enough; the first is the best. */
  readonly libraries?: readonly TokenLibrary[]
  readonly explanation?: string
}

const { openSc, ykcs11, yubiHsm, scHsmEmbedded, eToken } = tokenLibraries

const wallet = {
  kind: "wallet",
  explanation:
    "A wallet signs with its own seed, on its own screen, and gives its keys to nobody. It is recognised and not driven: its maker's program does that. Watch its accounts here by their public keys.",
} as const

const securityKey = {
  kind: "security-key",
  explanation:
    "It logs in to websites (FIDO). Without a smart card part, or with that part turned off, no keys of a vault can be in it.",
} as const

/**
 * Ids from the reader list of libccid 1.5.2 (tokens and readers), fidodevs of libfido2 (FIDO keys, Ledger), data/README.md of
 * libnitrokey, the udev rules of Ledger, Yubico (YubiHSM 2) and Google (Titan), the hardware wallets of systemd's hwdb, and, for
 * SmartCard-HSM's sticks, which have Identiv's ids, what OpenSC's users report. What its maker also sells as a plain reader or
 * puts other cards into is called what it says.
 */
export const knownDevices: readonly KnownDevice[] = [
  {
    ids: ["1050:0404", "1050:0405", "1050:0406", "1050:0407"],
    name: "YubiKey 4 or 5",
    kind: "token",
    libraries: [ykcs11, openSc],
  },
  {
    ids: ["1050:0111", "1050:0112", "1050:0115", "1050:0116"],
    name: "YubiKey NEO",
    kind: "token",
    libraries: [ykcs11, openSc],
  },
  { ids: ["1050:0030"], name: "YubiHSM 2", kind: "token", libraries: [yubiHsm] },
  {
    ids: ["1050:0401", "1050:0402", "1050:0403", "1050:0410", "1050:0110", "1050:0113", "1050:0114"],
    name: "YubiKey without its smart card",
    kind: "security-key",
    explanation: `${securityKey.explanation} \`ykman config usb\` shows and changes what is on.`,
  },
  { ids: ["1050:0120"], name: "Security Key by Yubico", ...securityKey },
  { ids: ["20a0:4230"], name: "Nitrokey HSM", kind: "token", libraries: [openSc, scHsmEmbedded] },
  { ids: ["20a0:4107"], name: "Crypto Stick", kind: "token", libraries: [openSc] },
  { ids: ["20a0:4108"], name: "Nitrokey Pro", kind: "token", libraries: [openSc] },
  { ids: ["20a0:4109"], name: "Nitrokey Storage", kind: "token", libraries: [openSc] },
  { ids: ["20a0:4211"], name: "Nitrokey Start", kind: "token", libraries: [openSc] },
  { ids: ["20a0:42b2"], name: "Nitrokey 3", kind: "token", libraries: [openSc] },
  { ids: ["20a0:4287", "20a0:42b1"], name: "Nitrokey FIDO", ...securityKey },
  {
    ids: ["04e6:5816", "04e6:5817"],
    name: "SmartCard-HSM or another USB stick with a smart card",
    kind: "token",
    libraries: [openSc, scHsmEmbedded],
  },
  { ids: ["0529:0602", "0529:0620"], name: "Thales SafeNet eToken", kind: "token", libraries: [eToken] },
  {
    ids: ["08e6:34cc", "08e6:34ce", "08e6:34cf", "08e6:34d2"],
    name: "Thales SafeNet eToken",
    kind: "token",
    libraries: [eToken],
  },
  { ids: ["096e:0807", "096e:080f"], name: "Feitian ePass2003", kind: "token", libraries: [openSc] },
  {
    ids: [
      "096e:0850",
      "096e:0852",
      "096e:0853",
      "096e:0854",
      "096e:0856",
      "096e:085a",
      "096e:085d",
      "096e:0866",
      "096e:0867",
    ],
    name: "Feitian security key",
    ...securityKey,
  },
  { ids: ["18d1:5026", "18d1:9470", "096e:0858", "096e:085b", "1050:0121"], name: "Google Titan", ...securityKey },
  { ids: ["2c97:*"], name: "Ledger wallet", ...wallet },
  {
    ids: ["2581:1b7c", "2581:2b7c", "2581:3b7c", "2581:4b7c", "2581:1807", "2581:1808"],
    name: "Ledger HW.1",
    ...wallet,
  },
  { ids: ["534c:0001", "534c:0002", "1209:53c0", "1209:53c1"], name: "Trezor wallet", ...wallet },
  {
    ids: ["058f:9520", "058f:9522", "058f:9540"],
    name: "Alcor smart card reader",
    kind: "reader",
    libraries: [openSc],
  },
]

const reader = { kind: "reader", libraries: [openSc] } as const

/** A device that no line above names, and that has an interface for smart cards. */
export const anyReader: Omit<KnownDevice, "ids"> = { name: "Smart card reader", ...reader }

/** The same, by who made it. */
export const smartCardVendors: Readonly<Record<string, Omit<KnownDevice, "ids">>> = {
  "04e6": { name: "Identiv or SCM smart card reader", ...reader },
  "076b": { name: "HID Omnikey smart card reader", ...reader },
  "072f": { name: "ACS smart card reader", ...reader },
  "046a": { name: "Cherry smart card reader", ...reader },
  "08e6": { name: "Gemalto smart card reader", ...reader },
  "058f": { name: "Alcor smart card reader", ...reader },
  "096e": { name: "Feitian smart card reader", ...reader },
  "0529": { name: "Thales SafeNet eToken", kind: "token", libraries: [eToken] },
  "1050": { name: "YubiKey", kind: "token", libraries: [ykcs11, openSc] },
  "20a0": { name: "Nitrokey", kind: "token", libraries: [openSc] },
}
