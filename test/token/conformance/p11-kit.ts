import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { parseTokenUri } from "../../../main/domain/token-uri.ts"
import { forkHost } from "../../../main/token/host-process.ts"
import { isThere } from "../../interop/program.ts"
import { pin, SoftHsm, softHsmModule, soPin } from "../soft-hsm.ts"
import { libraryIn } from "./libraries.ts"
import { type ModuleUnderTest, type OpenModule, userPin } from "./module-under-test.ts"

const uri = "pkcs11:token=remote"

/** A token of another process, or of another machine: SoftHSM's behind p11-kit's server. */
export const p11Kit: ModuleUnderTest = {
  traits: {
    name: "p11-kit's client, over SoftHSM",
    package: { name: "p11-kit", version: "0.24.1" },
    library: { manufacturer: "PKCS#11 Kit", version: "1.1", cryptoki: "2.40" },
    isHardware: false,
    makes: ["rsa-2048", "ec-p256", "ec-p384", "ec-p521", "ec-secp256k1", "hmac-sha256"],
    refuses: {},
    // It is SoftHSM that makes it, and takes long.
    untried: ["rsa-3072"],
    signsNot: [],
    does: ["rsa-2048 for encryption", "rsa-2048 for key-wrapping", "hmac-sha256 for mac"],
    tellsLocal: true,
    pin: { longest: 255, locksAfter: null, afterOne: "count-low" },
    refusesSetUp: null,
    hangs: true,
    away: { code: "TOKEN_ERROR", how: /CKR_DEVICE_ERROR/, isSeenAtOnce: true, isMissed: true },
  },
  reasonAgainst() {
    const missing = ["p11-kit", "softhsm2-util"].find((program) => !isThere(program))
    return missing === undefined ? null : `${missing} is not installed`
  },
  open: openP11Kit,
}

async function openP11Kit(): Promise<OpenModule> {
  const softHsm = new SoftHsm()
  softHsm.token("remote")
  const socket = softHsm.file("socket")
  const before = process.env["P11_KIT_SERVER_ADDRESS"]
  process.env["P11_KIT_SERVER_ADDRESS"] = `unix:path=${socket}`
  let server = await startServer(socket)
  const signalChildren = (signal: NodeJS.Signals): void => {
    for (const child of childrenOf(server)) process.kill(child, signal)
  }
  return {
    library: libraryIn("pkcs11/p11-kit-client.so"),
    parameters: null,
    startHost: forkHost,
    folder: softHsm.file("."),
    uri,
    async makeReady(client) {
      using so = pin(soPin)
      using user = pin(userPin)
      await client.initialise(parseTokenUri(uri), "remote", so)
      await client.setUserPin(parseTokenUri(uri), so, user)
    },
    unlock: () => Promise.reject(new Error("nothing locks it")),
    freeze: () => signalChildren("SIGSTOP"),
    thaw: () => signalChildren("SIGCONT"),
    async takeAway() {
      signalChildren("SIGKILL")
      const ended = once(server, "exit")
      server.kill("SIGKILL")
      await ended
    },
    async bringBack() {
      server = await startServer(socket)
    },
    [Symbol.dispose]() {
      server.kill()
      softHsm[Symbol.dispose]()
      if (before === undefined) delete process.env["P11_KIT_SERVER_ADDRESS"]
      else process.env["P11_KIT_SERVER_ADDRESS"] = before
    },
  }
}

async function startServer(socket: string): Promise<ChildProcess> {
  const asked = ["server", "--foreground", "--name", socket, "--provider", softHsmModule, uri]
  const server = spawn("p11-kit", asked, { stdio: ["ignore", "pipe", "ignore"] })
  // It prints how it is reached once it can be.
  await once(server.stdout, "data")
  return server
}

/** One a connection. */
function childrenOf({ pid }: ChildProcess): number[] {
  const listed = execFileSync("ps", ["-o", "pid=", "--ppid", `${pid}`], { encoding: "utf8" })
  return listed.trim().split(/\s+/).map(Number)
}
