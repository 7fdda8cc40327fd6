import { parseTokenUri } from "../../../main/domain/token-uri.ts"
import type { TokenClient } from "../../../main/token/token-client.ts"
import { isThere } from "../../interop/program.ts"
import { temporaryFolder } from "../../support/temporary-folder.ts"
import { pin } from "../soft-hsm.ts"
import { libraryIn } from "./libraries.ts"
import { type ModuleUnderTest, type OpenModule, userPin } from "./module-under-test.ts"
import { OwnNamespaces, reasonAgainstNamespaces } from "./own-namespaces.ts"

const uri = "pkcs11:token=ocktoken"
const [soPinAtFirst, soPin] = ["87654321", "76543210"]
const configuration = "version opencryptoki-3.1\nslot 3\n{\nstdll = libpkcs11_sw.so\ntokname = swtok\n}\n"

/** IBM's, with its token in software: of the old PKCS#11 2.20. */
export const opencryptoki: ModuleUnderTest = {
  traits: {
    name: "opencryptoki, software token",
    package: { name: "opencryptoki", version: "3.8.1" },
    library: { manufacturer: "IBM", version: "3.8", cryptoki: "2.20" },
    isHardware: false,
    makes: ["rsa-2048", "rsa-3072", "hmac-sha256"],
    refuses: {},
    signsNot: [],
    does: ["rsa-2048 for encryption", "hmac-sha256 for mac"],
    tellsLocal: true,
    pin: { longest: 8, locksAfter: 3, afterOne: "count-low" },
    refusesSetUp: null,
    hangs: false,
    away: { code: "TOKEN_ABSENT", how: /^token ocktoken$/, isSeenAtOnce: false, isMissed: false },
  },
  reasonAgainst: () => (isThere("pkcsslotd") ? reasonAgainstNamespaces() : "pkcsslotd is not installed"),
  open: openOpencryptoki,
}

async function openOpencryptoki(): Promise<OpenModule> {
  const folder = temporaryFolder()
  const [places, shared] = ["/var/lib/opencryptoki/swtok/TOK_OBJ", "/run/lock/opencryptoki/swtok"]
  const room = await OwnNamespaces.open("/run", "/etc/opencryptoki", "/var/lib/opencryptoki", "/dev/shm")
  room.run("mkdir", ["-p", places, shared])
  room.run("chgrp", ["-R", "pkcs11", "/run/lock/opencryptoki", "/var/lib/opencryptoki"])
  room.run("sh", ["-c", 'printf "$0" > /etc/opencryptoki/opencryptoki.conf', configuration])
  const startDaemon = (): unknown => room.run("pkcsslotd", [])
  startDaemon()
  return {
    library: libraryIn("pkcs11/libopencryptoki.so"),
    parameters: null,
    startHost: room.startHostWith(),
    folder: folder.path,
    uri,
    makeReady,
    unlock,
    freeze: null,
    thaw: () => undefined,
    async takeAway() {
      room.run("sh", ["-c", "pkill -KILL -x pkcsslotd; while pgrep -x -r R,S,D pkcsslotd; do :; done"])
    },
    async bringBack() {
      startDaemon()
    },
    [Symbol.dispose]() {
      room[Symbol.dispose]()
      folder[Symbol.dispose]()
    },
  }
}

async function unlock(client: TokenClient): Promise<void> {
  using so = pin(soPin)
  using given = pin("12345678")
  using user = pin(userPin)
  await client.setUserPin(parseTokenUri(uri), so, given)
  await client.changePin(parseTokenUri(uri), "user", given, user)
}

/** The PINs that others have set are good for nothing but to set one's own. */
async function makeReady(client: TokenClient): Promise<void> {
  using first = pin(soPinAtFirst)
  using so = pin(soPin)
  await client.initialise(parseTokenUri("pkcs11:slot-id=3"), "ocktoken", first)
  await client.changePin(parseTokenUri(uri), "so", first, so)
  await unlock(client)
}
