/** The PKCS#11 libraries that devices on USB ask for, by what they are called everywhere. */
export const tokenLibraries = {
  openSc: "OpenSC (smart cards, SmartCard-HSM, Nitrokey)",
  ykcs11: "YubiKey (YKCS11)",
  yubiHsm: "YubiHSM 2",
  scHsmEmbedded: "SmartCard-HSM (sc-hsm-embedded)",
  eToken: "Thales SafeNet eToken",
} as const

export type TokenLibrary = (typeof tokenLibraries)[keyof typeof tokenLibraries]
