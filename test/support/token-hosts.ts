import type { HostProcess, StartHost } from "../../main/domain/module-host.ts"
import { forkHost } from "../../main/token/host-process.ts"
import { knownModules } from "../../main/token/known-modules.ts"
import { type TokenCallName, TokenRequests } from "../../main/token/token-protocol.ts"

/** What this machine has beside SoftHSM. */
const others = new Set(knownModules(process.platform).flatMap(({ name, paths }) => (name === "SoftHSM" ? [] : paths)))

/** The libraries of this machine would be started for each vault, and find what is this machine's: a test names those that it is about. */
export const startTestedHost: StartHost = (path, parameters) =>
  others.has(path) ? unstarted() : forkHost(path, parameters)

/** What a message to a host asks for. */
export function callsIn(message: unknown): TokenCallName[] {
  return TokenRequests.parse(message).map(({ call }) => call)
}

function unstarted(): HostProcess {
  return {
    send: () => undefined,
    onMessage: () => undefined,
    onEnd: (listen) => queueMicrotask(() => listen("no test is about it")),
    kill: () => undefined,
  }
}
