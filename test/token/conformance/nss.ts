import { mkdirSync, renameSync, writeFileSync } from "node:fs"
import { forkHost } from "../../../main/token/host-process.ts"
import { isThere, run } from "../../interop/program.ts"
import { temporaryFolder } from "../../support/temporary-folder.ts"
import { libraryIn } from "./libraries.ts"
import { jobs, type ModuleUnderTest, type OpenModule, userPin } from "./module-under-test.ts"

/** Mozilla's, with the key store of Firefox and Thunderbird: it starts with a text that says where that is. */
export const nss: ModuleUnderTest = {
  traits: {
    name: "NSS softoken",
    package: { name: "libnss3", version: "3.87.1" },
    library: { manufacturer: "Mozilla Foundation", version: "3.87", cryptoki: "2.40" },
    isHardware: false,
    makes: ["rsa-2048", "rsa-3072", "ec-p256", "ec-p384", "ec-p521", "aes-256", "hmac-sha256"],
    refuses: { "ec-secp256k1": /CKR_DOMAIN_PARAMS_INVALID \(it has not that curve\)$/ },
    signsNot: [],
    does: jobs,
    tellsLocal: false,
    pin: { longest: 500, locksAfter: null, afterOne: "set" },
    refusesSetUp: null,
    hangs: false,
    away: { code: "TOKEN_ABSENT", how: /^token NSS Certificate DB$/, isSeenAtOnce: false, isMissed: false },
  },
  reasonAgainst: () => (isThere("certutil") ? null : "certutil is not installed"),
  open: openNss,
}

async function openNss(): Promise<OpenModule> {
  const folder = temporaryFolder()
  const store = folder.file("store")
  mkdirSync(store)
  return {
    library: libraryIn("libsoftokn3.so"),
    parameters: `configdir='sql:${store}' certPrefix='' keyPrefix='' secmod='secmod.db'`,
    startHost: forkHost,
    folder: folder.path,
    uri: "pkcs11:token=NSS%20Certificate%20DB",
    async makeReady() {
      writeFileSync(folder.file("pin"), userPin)
      run("certutil", ["-N", "-d", `sql:${store}`, "-f", folder.file("pin")])
    },
    unlock: () => Promise.reject(new Error("nothing locks it")),
    freeze: null,
    thaw: () => undefined,
    takeAway: async () => renameSync(store, folder.file("elsewhere")),
    bringBack: async () => renameSync(folder.file("elsewhere"), store),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}
