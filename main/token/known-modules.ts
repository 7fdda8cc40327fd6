import { tokenLibraries } from "../domain/token-libraries.ts"

/** Where the libraries of well-known makers lie when their own installers put them there. */
export interface KnownModule {
  readonly name: string
  /** The first that is there. */
  readonly paths: readonly string[]
}

/** Debian's folder for this machine's libraries, Fedora's, and where local builds go. */
export const libraryFolders = [
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
  "/usr/lib64",
  "/usr/lib",
  "/usr/local/lib",
]

const linux: readonly KnownModule[] = [
  { name: "SoftHSM", paths: inFolders("softhsm/libsofthsm2.so", "libsofthsm2.so") },
  {
    name: tokenLibraries.openSc,
    paths: inFolders("opensc-pkcs11.so", "pkcs11/opensc-pkcs11.so"),
  },
  { name: tokenLibraries.ykcs11, paths: inFolders("libykcs11.so", "libykcs11.so.2") },
  { name: tokenLibraries.yubiHsm, paths: inFolders("pkcs11/yubihsm_pkcs11.so", "yubihsm_pkcs11.so") },
  { name: tokenLibraries.scHsmEmbedded, paths: inFolders("libsc-hsm-pkcs11.so") },
  { name: "NetHSM", paths: inFolders("libnethsm_pkcs11.so", "nethsm_pkcs11.so") },
  { name: "TPM 2.0", paths: inFolders("pkcs11/libtpm2_pkcs11.so", "libtpm2_pkcs11.so", "libtpm2_pkcs11.so.1") },
  { name: "opencryptoki", paths: inFolders("pkcs11/libopencryptoki.so", "opencryptoki/libopencryptoki.so") },
  {
    name: "Thales Luna",
    paths: ["/usr/safenet/lunaclient/lib/libCryptoki2_64.so", ...inFolders("libCryptoki2_64.so")],
  },
  { name: tokenLibraries.eToken, paths: inFolders("libeToken.so", "libeTPkcs11.so") },
  { name: "Entrust nShield", paths: ["/opt/nfast/toolkits/pkcs11/libcknfast.so"] },
  {
    name: "Utimaco",
    paths: [
      "/opt/utimaco/p11/libcs_pkcs11_R3.so",
      "/usr/lib/utimaco/libcs_pkcs11_R3.so",
      ...inFolders("libcs_pkcs11_R3.so"),
    ],
  },
  { name: "AWS CloudHSM", paths: ["/opt/cloudhsm/lib/libcloudhsm_pkcs11.so"] },
  { name: "Google Cloud KMS", paths: ["/opt/google/cloudkms/libkmsp11.so", ...inFolders("libkmsp11.so")] },
]

const darwin: readonly KnownModule[] = [
  { name: "SoftHSM", paths: ["/opt/homebrew/lib/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so"] },
  {
    name: tokenLibraries.openSc,
    paths: ["/Library/OpenSC/lib/opensc-pkcs11.so", "/opt/homebrew/lib/opensc-pkcs11.so"],
  },
  { name: tokenLibraries.ykcs11, paths: ["/opt/homebrew/lib/libykcs11.dylib", "/usr/local/lib/libykcs11.dylib"] },
  {
    name: tokenLibraries.yubiHsm,
    paths: ["/usr/local/lib/pkcs11/yubihsm_pkcs11.dylib", "/opt/homebrew/lib/pkcs11/yubihsm_pkcs11.dylib"],
  },
  { name: tokenLibraries.eToken, paths: ["/usr/local/lib/libeTPkcs11.dylib"] },
]

const win32: readonly KnownModule[] = [
  { name: "SoftHSM", paths: ["C:\\SoftHSM2\\lib\\softhsm2-x64.dll"] },
  {
    name: tokenLibraries.openSc,
    paths: ["C:\\Program Files\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll"],
  },
  { name: tokenLibraries.ykcs11, paths: ["C:\\Program Files\\Yubico\\Yubico PIV Tool\\bin\\libykcs11.dll"] },
  {
    name: tokenLibraries.yubiHsm,
    paths: ["C:\\Program Files\\Yubico\\YubiHSM Shell\\bin\\pkcs11\\yubihsm_pkcs11.dll"],
  },
  { name: "Thales Luna", paths: ["C:\\Program Files\\SafeNet\\LunaClient\\cryptoki.dll"] },
  { name: tokenLibraries.eToken, paths: ["C:\\Windows\\System32\\eTPKCS11.dll"] },
  { name: "Entrust nShield", paths: ["C:\\Program Files\\nCipher\\nfast\\toolkits\\pkcs11\\cknfast.dll"] },
  { name: "Utimaco", paths: ["C:\\Program Files\\Utimaco\\CryptoServer\\Lib\\cs_pkcs11_R3.dll"] },
  { name: "AWS CloudHSM", paths: ["C:\\Program Files\\Amazon\\CloudHSM\\lib\\cloudhsm_pkcs11.dll"] },
]

export function knownModules(platform: NodeJS.Platform): readonly KnownModule[] {
  if (platform === "win32") return win32
  return platform === "darwin" ? darwin : linux
}

function inFolders(...names: readonly string[]): readonly string[] {
  return libraryFolders.flatMap((folder) => names.map((name) => `${folder}/${name}`))
}
