import { spawnSync } from "node:child_process"
import { accessSync, constants } from "node:fs"
import { delimiter, join } from "node:path"
import { runStep, SetupError } from "./run.mjs"

/** Programs and the Debian packages that bring them. */
export const buildPrograms = { "g++": "g++", make: "make", python3: "python3" }

export const testPrograms = {
  age: "age",
  certtool: "gnutls-bin",
  certutil: "libnss3-tools",
  "dbus-daemon": "dbus-daemon",
  electrum: "electrum",
  faketime: "faketime",
  gcore: "gdb",
  git: "git",
  gpg: "gpg",
  "gpg-agent": "gpg-agent",
  gpgconf: "gpgconf",
  ip: "iproute2",
  keytool: "default-jre-headless",
  mount: "mount",
  openssl: "openssl",
  pkcsslotd: "opencryptoki",
  "p11-kit": "p11-kit",
  pcscd: "pcscd",
  pk12util: "libnss3-tools",
  "pkcs11-tool": "opensc",
  ps: "procps",
  puttygen: "putty-tools",
  setpriv: "util-linux",
  "softhsm2-util": "softhsm2",
  sq: "sq",
  "ssh-keygen": "openssh-client",
  strace: "strace",
  swtpm: "swtpm",
  "tpm2-abrmd": "tpm2-abrmd",
  tpm2_dictionarylockout: "tpm2-tools",
  xclip: "xclip",
  Xvfb: "xvfb",
}

/** Debian packages that bring no program: libraries of tokens, and what plays those. */
export const testLibraries = [
  "libtpm2-pkcs11-1",
  "libtss2-tcti-swtpm0",
  "libtss2-tcti-tabrmd0",
  "opensc-pkcs11",
  "p11-kit-modules",
  "python3-cryptography",
  "vsmartcard-vpcd",
  "ykcs11",
]

/** What the app's window is drawn by where Electron's binary can't be downloaded. */
export const windowPrograms = { chromium: "chromium" }

export const benchPrograms = { age: "age", "keepassxc-cli": "keepassxc", "softhsm2-util": "softhsm2" }

/**
 * Makes sure that the programs and packages are there: as root through apt-get, else the exact command is the error.
 * Systems without apt-get are on their own: the build of native/ names what it lacks, a test what it skips.
 */
export async function ensurePrograms(packageOfProgram, libraries = []) {
  if (!isOnPath("apt-get")) return
  const programs = Object.keys(packageOfProgram).filter((program) => !isOnPath(program))
  const missing = [...programs, ...libraries.filter((name) => !isInstalled(name))]
  if (missing.length === 0) return
  const packages = [...new Set(missing.map((name) => packageOfProgram[name] ?? name))]
  const install = ["install", "-y", "--no-install-recommends", ...packages]
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `missing: ${missing.join(", ")}. Run: sudo apt-get update && sudo apt-get ${install.join(" ")}`,
    )
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  await runStep("reading the list of system packages", "apt-get", ["update", "-qq"], { env })
  await runStep(`installing ${packages.join(", ")}`, "apt-get", install, { env })
}

function isInstalled(name) {
  const { stdout } = spawnSync("dpkg-query", ["--status", name], { encoding: "utf8" })
  return /^Status: .* installed$/m.test(stdout)
}

function isOnPath(program) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
