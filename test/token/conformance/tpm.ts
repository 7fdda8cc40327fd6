import { mkdirSync } from "node:fs"
import { parseTokenUri } from "../../../main/domain/token-uri.ts"
import { isThere } from "../../interop/program.ts"
import { temporaryFolder } from "../../support/temporary-folder.ts"
import { pin, soPin } from "../soft-hsm.ts"
import { libraryIn } from "./libraries.ts"
import { type ModuleUnderTest, type OpenModule, userPin } from "./module-under-test.ts"
import { OwnNamespaces, reasonAgainstNamespaces } from "./own-namespaces.ts"

const uri = "pkcs11:token=tpmtoken"
const programs = ["swtpm", "tpm2-abrmd", "dbus-daemon", "tpm2_dictionarylockout"]

/** A TPM 2.0: the chip in software, behind its resource manager, as a computer has it. */
export const tpm: ModuleUnderTest = {
  traits: {
    name: "TPM 2.0 (tpm2-pkcs11, swtpm)",
    package: { name: "libtpm2-pkcs11-1", version: "1.9.0" },
    library: { manufacturer: "tpm2-software.github.io", version: "1.9", cryptoki: "2.40" },
    isHardware: true,
    makes: ["rsa-2048", "ec-p256", "ec-p384"],
    refuses: {
      "ec-p521": /^the public key that it gave can't be read$/,
      "ec-secp256k1": /CKR_CURVE_NOT_SUPPORTED \(it has not that curve\)$/,
    },
    // Chips take a minute for it.
    untried: ["rsa-3072"],
    signsNot: ["rsa-pss-sha256", "rsa-pss-sha384", "rsa-pss-sha512"],
    does: ["rsa-2048 for encryption"],
    tellsLocal: true,
    pin: { longest: 128, locksAfter: 3, afterOne: "set" },
    refusesSetUp: null,
    hangs: true,
    away: { code: "TOKEN_ERROR", how: /CKR_GENERAL_ERROR/, isSeenAtOnce: true, isMissed: false },
  },
  reasonAgainst() {
    const missing = programs.find((program) => !isThere(program))
    return missing === undefined ? reasonAgainstNamespaces() : `${missing} is not installed`
  },
  open: openTpm,
}

const busy = "until tpm2_getcap properties-fixed >/dev/null 2>&1; do :; done"

async function openTpm(): Promise<OpenModule> {
  const folder = temporaryFolder()
  for (const name of ["state", "store"]) mkdirSync(folder.file(name))
  const room = await OwnNamespaces.open("/run")
  const environment = {
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder.file("bus")}`,
    TPM2_PKCS11_STORE: folder.file("store"),
    TPM2_PKCS11_TCTI: "tabrmd:bus_type=session",
    TPM2TOOLS_TCTI: "tabrmd:bus_type=session",
    TSS2_LOG: "all+NONE",
    TPM2_PKCS11_LOG_LEVEL: "0",
  }
  room.start("dbus-daemon", ["--session", "--nofork", "--address", environment.DBUS_SESSION_BUS_ADDRESS])
  const startChip = (): void => {
    const ports = ["--server", "type=tcp,port=2321", "--ctrl", "type=tcp,port=2322"]
    const state = ["--tpmstate", `dir=${folder.file("state")}`, "--flags", "not-need-init,startup-clear"]
    room.run("swtpm", ["socket", "--tpm2", ...ports, ...state, "--daemon"])
    room.run("sh", ["-c", `until test -S ${folder.file("bus")}; do :; done`])
    room.start("tpm2-abrmd", ["--session", "--allow-root", "--tcti", "swtpm:port=2321"], environment)
    room.run("sh", ["-c", busy], environment)
  }
  const clearLockout = (): void => {
    room.run("tpm2_dictionarylockout", ["--clear-lockout"], environment)
  }
  startChip()
  return {
    library: libraryIn("pkcs11/libtpm2_pkcs11.so"),
    parameters: null,
    startHost: room.startHostWith(environment),
    folder: folder.path,
    uri,
    async makeReady(client) {
      using so = pin(soPin)
      using user = pin(userPin)
      await client.initialise(parseTokenUri("pkcs11:token="), "tpmtoken", so)
      await client.setUserPin(parseTokenUri(uri), so, user)
    },
    unlock: async () => clearLockout(),
    freeze: () => void room.run("pkill", ["-STOP", "-x", "swtpm"]),
    thaw: () => void room.run("pkill", ["-CONT", "-x", "swtpm"]),
    async takeAway() {
      room.run("pkill", ["-KILL", "-x", "swtpm|tpm2-abrmd"])
    },
    async bringBack() {
      startChip()
      // To a chip, power that goes without a word is one more wrong PIN.
      clearLockout()
    },
    [Symbol.dispose]() {
      room[Symbol.dispose]()
      folder[Symbol.dispose]()
    },
  }
}
