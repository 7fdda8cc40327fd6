import { type TokenLibrary, tokenLibraries } from "../domain/token-libraries.ts"

type System = "linux" | "darwin" | "win32"

const { openSc, ykcs11, yubiHsm, scHsmEmbedded, eToken } = tokenLibraries

/** Packages of Debian and its kin, of Homebrew, and what makers call their installers. Smart cards on Linux need pcscd too. */
const packages: Readonly<Record<TokenLibrary, Readonly<Record<System, string>>>> = {
  [openSc]: { linux: "opensc and pcscd", darwin: "opensc (Homebrew)", win32: "OpenSC" },
  [ykcs11]: { linux: "ykcs11 and pcscd", darwin: "yubico-piv-tool (Homebrew)", win32: "Yubico PIV Tool" },
  [yubiHsm]: {
    linux: "yubihsm-pkcs11 and yubihsm-connector",
    darwin: "Yubico's YubiHSM 2 SDK",
    win32: "Yubico's YubiHSM 2 SDK",
  },
  [scHsmEmbedded]: {
    linux: "CardContact's sc-hsm-embedded and pcscd",
    darwin: "CardContact's sc-hsm-embedded",
    win32: "CardContact's sc-hsm-embedded",
  },
  [eToken]: {
    linux: "Thales' SafeNet Authentication Client and pcscd",
    darwin: "Thales' SafeNet Authentication Client",
    win32: "Thales' SafeNet Authentication Client",
  },
}

/** What to install for a library. Other systems are taken for kin of Linux. */
export function installation(library: TokenLibrary, platform: NodeJS.Platform): string {
  return packages[library][platform === "darwin" || platform === "win32" ? platform : "linux"]
}
