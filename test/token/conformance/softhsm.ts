import { renameSync } from "node:fs"
import { parseTokenUri } from "../../../main/domain/token-uri.ts"
import { forkHost } from "../../../main/token/host-process.ts"
import { isThere } from "../../interop/program.ts"
import { pin, SoftHsm, softHsmModule, soPin } from "../soft-hsm.ts"
import { jobs, type ModuleUnderTest, type OpenModule, triedAlgorithms, userPin } from "./module-under-test.ts"

const uri = "pkcs11:token=soft"

/** The one that all other tests use. */
export const softHsm: ModuleUnderTest = {
  traits: {
    name: "SoftHSM 2",
    package: { name: "softhsm2", version: "2.6.1" },
    library: { manufacturer: "SoftHSM", version: "2.6", cryptoki: "2.40" },
    isHardware: false,
    makes: triedAlgorithms,
    refuses: {},
    signsNot: [],
    does: jobs,
    tellsLocal: true,
    pin: { longest: 255, locksAfter: null, afterOne: "count-low" },
    refusesSetUp: null,
    hangs: false,
    away: { code: "TOKEN_ABSENT", how: /^token soft$/, isSeenAtOnce: false, isMissed: true },
  },
  reasonAgainst: () => (isThere("softhsm2-util") ? null : "softhsm2-util is not installed"),
  open: openSoftHsm,
}

async function openSoftHsm(): Promise<OpenModule> {
  const installed = new SoftHsm()
  const elsewhere = installed.file("elsewhere")
  return {
    library: softHsmModule,
    parameters: null,
    startHost: forkHost,
    folder: installed.file("."),
    uri,
    async makeReady(client) {
      using so = pin(soPin)
      using user = pin(userPin)
      await client.initialise(parseTokenUri("pkcs11:token="), "soft", so)
      await client.setUserPin(parseTokenUri(uri), so, user)
    },
    unlock: () => Promise.reject(new Error("nothing locks it")),
    freeze: null,
    thaw: () => undefined,
    takeAway: async () => renameSync(installed.tokens, elsewhere),
    bringBack: async () => renameSync(elsewhere, installed.tokens),
    [Symbol.dispose]: () => installed[Symbol.dispose](),
  }
}
